//! Whether readers of a host can have the base URL that the site was made for.
//!
//! Owns what is known of where services show a site. What is wrong here is a warning: an address
//! may have been arranged in ways that nobody can see from here.

use std::net::IpAddr;

use super::service::{Service, name, repository};
use crate::config::{BaseUrl, Host, HostKind};

/// What is wrong, and what to do about it.
type Fault = (String, String);

/// What is wrong with a base URL at a host; `cname` is what the site's file CNAME says.
pub(super) fn faults(host: &Host, base_url: &BaseUrl, cname: Option<&str>) -> Vec<Fault> {
    let readers = name(base_url);
    let public = is_public(host);
    if is_placeholder(&readers) || public && is_local(&readers) {
        let what =
            if is_placeholder(&readers) { "a placeholder" } else { "an address of this computer or network" };
        let message = format!(
            "the base URL {} is {what}, and readers and search engines are led there",
            base_url.root()
        );
        let help = "say in site.yaml where readers find the site: `base_url: https://…`, for the site or for this host";
        return vec![(message, help.to_owned())];
    }
    let mut faults = Vec::new();
    if public && base_url.origin.starts_with("http:") {
        let message =
            format!("the base URL {} begins with http:, which browsers mark as not secure", base_url.root());
        faults.push((message, "write https: if the host offers it, as nearly all do".to_owned()));
    }
    faults.extend(at_service(host, base_url, cname));
    faults.extend(at_store(host, base_url));
    let at_root =
        [".pages.dev", ".netlify.app", ".vercel.app"].into_iter().find(|end| readers.ends_with(end));
    if let Some(end) = at_root.filter(|_| base_url.path != "/") {
        let message = format!(
            "the base URL {} has a path, and sites at {} stand at the root",
            base_url.root(),
            &end[1..]
        );
        faults.push((message, format!("write `base_url: {}/`", base_url.origin)));
    }
    faults
}

/// Names that stand for no place (RFC 2606), as in a site that was begun a moment ago.
fn is_placeholder(name: &str) -> bool {
    let of =
        |domain: &str| name == domain || name.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    ["example", "invalid", "example.org", "example.com", "example.net"].into_iter().any(of)
}

/// Names and addresses that only this computer or its network knows (RFC 6761, 6762, 1918).
fn is_local(name: &str) -> bool {
    let of =
        |domain: &str| name == domain || name.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    let address = name.trim_matches(['[', ']']).parse::<IpAddr>();
    let local = |address: IpAddr| match address {
        IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local() || v4.is_unspecified(),
        IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unspecified(),
    };
    ["localhost", "test", "local"].into_iter().any(of) || address.is_ok_and(local)
}

/// Whether a host is one that others than this network can ask, as far as its address tells.
fn is_public(host: &Host) -> bool {
    let server = |endpoint: &Option<String>| match endpoint {
        None => true,
        Some(endpoint) => repository(endpoint).is_some_and(|(server, _)| !is_local(&server)),
    };
    let remote = |remote: &str| repository(remote).is_some_and(|(server, _)| !is_local(&server));
    match &host.kind {
        HostKind::Git(git) => remote(&git.remote),
        HostKind::S3(s3) => server(&s3.endpoint),
        HostKind::Azblob(azure) => server(&azure.endpoint),
        HostKind::Gcs(gcs) => server(&gcs.endpoint),
        HostKind::Webdav(dav) => remote(&dav.endpoint),
        HostKind::Sftp(sftp) => !is_local(sftp.host.rsplit('@').next().unwrap_or_default()),
        HostKind::Rsync(rsync) => remote(&rsync.to),
        HostKind::Dir(_) | HostKind::Folder(_) => false,
    }
}

/// Where a service shows what is in a repository.
fn at_service(host: &Host, base_url: &BaseUrl, cname: Option<&str>) -> Option<Fault> {
    let HostKind::Git(git) = &host.kind else { return None };
    let service = Service::of(host, base_url)?;
    let (_, path) = repository(&git.remote)?;
    let path = path.to_lowercase();
    let (owner, project) = path.split_once('/')?;
    let readers = name(base_url);
    let (domain, own) = match service {
        Service::GitHub => (".github.io", format!("{owner}.github.io")),
        Service::GitLab => (".gitlab.io", format!("{owner}.gitlab.io")),
        Service::Codeberg => (".codeberg.page", "pages".to_owned()),
        Service::Cloudflare => return None,
    };
    // Upper and lower case are one in a server's name, and in these services' paths.
    let expected = if project == own {
        format!("https://{owner}{domain}/")
    } else {
        format!("https://{owner}{domain}/{project}/")
    };
    if let Some(label) = readers.strip_suffix(domain) {
        // GitLab gives a project a name of its own with a number in it.
        let unique = service == Service::GitLab
            && project.rsplit('/').next().is_some_and(|last| label.starts_with(&format!("{last}-")));
        // Codeberg shows another branch below `/@branch/`.
        let branch = service == Service::Codeberg
            && base_url.root().to_lowercase().starts_with(&format!("{expected}@"));
        let fits = base_url.root().to_lowercase() == expected || unique || branch;
        let message =
            format!("{} shows {path} at {expected}, and the base URL is {}", service.name(), base_url.root());
        return (!fits).then(|| (message, format!("write `base_url: {expected}`")));
    }
    if service != Service::GitHub {
        return None;
    }
    match cname.map(str::trim) {
        Some(cname) if cname.eq_ignore_ascii_case(&readers) => None,
        Some(cname) => {
            let message = format!("the file CNAME says {cname}, and the base URL is {}", base_url.root());
            Some((message, "let both name the same domain; CNAME holds it alone, in one line".to_owned()))
        }
        None if host.keep.iter().any(|pattern| pattern.value == "CNAME") => None,
        None => {
            let message =
                format!("GitHub Pages shows {path} at {expected}, unless a file CNAME names the domain");
            let help = format!(
                "write {readers} into static/CNAME; or say `keep: [CNAME]` if the branch has one already"
            );
            Some((message, help))
        }
    }
}

/// Where stores show what is in a bucket, and where they do not.
fn at_store(host: &Host, base_url: &BaseUrl) -> Option<Fault> {
    let readers = name(base_url);
    let path = |prefix: &str| if prefix.is_empty() { "/".to_owned() } else { format!("/{prefix}/") };
    let no_index = |help: &str| {
        let message = format!(
            "{} answers no folder with its index.html, so that most pages are not found",
            base_url.origin
        );
        Some((message, help.to_owned()))
    };
    match &host.kind {
        HostKind::S3(s3) => {
            if let Some((bucket, _)) = readers.split_once(".s3-website") {
                let expected = path(&s3.prefix);
                let message = format!(
                    "this address shows the bucket `{bucket}` at {}, and the site goes to `{}` at {expected}",
                    base_url.path, s3.bucket
                );
                let help = "let `base_url`, `bucket` and `prefix` name the same place";
                return (bucket != s3.bucket || base_url.path != expected)
                    .then(|| (message, help.to_owned()));
            }
            if readers.ends_with(".amazonaws.com") {
                return no_index(
                    "use the bucket's website endpoint (`…s3-website…`), or CloudFront before it",
                );
            }
            if readers.ends_with(".r2.cloudflarestorage.com") {
                let message = format!("{} lets nobody in without a key", base_url.origin);
                return Some((
                    message,
                    "connect a domain to the bucket, and write that as `base_url`".to_owned(),
                ));
            }
            None
        }
        HostKind::Gcs(_) if readers == "storage.googleapis.com" => {
            no_index("serve the bucket under a domain of your own, with a load balancer")
        }
        HostKind::Azblob(_) if readers.ends_with(".blob.core.windows.net") => {
            no_index("turn on the account's static website, and use its address (`….web.core.windows.net`)")
        }
        HostKind::Azblob(azure)
            if readers.ends_with(".web.core.windows.net") && azure.container != "$web" =>
        {
            let message = format!(
                "this address shows the container `$web`, and the site goes to `{}`",
                azure.container
            );
            Some((message, "write `container: $web`".to_owned()))
        }
        _ => None,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::diag::Diagnostics;

    /// The host that stands behind its name in `site.yaml`.
    pub(in crate::publish) fn host(yaml: &str) -> Host {
        let text = format!(
            "title: x\nbase_url: https://insects.net/\nlanguages: [{{code: en}}]\npublish:\n  live: {yaml}\n"
        );
        let mut faults = Diagnostics::new();
        let config = crate::config::resolve(&text, None, &mut faults).unwrap();
        assert!(faults.is_empty(), "{yaml}: {faults:?}");
        config.publish.into_iter().next().unwrap()
    }

    pub(in crate::publish) fn url(text: &str) -> BaseUrl {
        crate::config::base_url(text).unwrap()
    }

    #[test]
    fn an_address_that_readers_cannot_have_is_told() {
        let github = "{git: {remote: git@github.com:Us/site.git, branch: gh-pages}}";
        let kept = "{git: {remote: git@github.com:us/site.git, branch: gh-pages}, keep: [CNAME]}";
        let own = "{git: {remote: https://github.com/us/Us.github.io, branch: main}}";
        let gitlab = "{git: {remote: git@gitlab.com:us/group/site.git, branch: pages}}";
        let codeberg = "{git: {remote: git@codeberg.org:us/site.git, branch: pages}}";
        let pages = "{git: {remote: git@codeberg.org:us/pages.git, branch: main}}";
        let s3 = "{s3: {bucket: insects, region: eu-west-1}}";
        let near = "{s3: {bucket: insects, endpoint: \"http://127.0.0.1:9000\"}}";
        let azure = "{azblob: {container: site, account: us}}";
        let folder = "{folder: {path: out}}";
        let sftp = "{sftp: {host: us@insects.net, path: /srv}}";
        let none = None;
        for (yaml, base_url, cname, expected) in [
            (github, "https://us.github.io/site/", none, ""),
            (github, "https://US.github.io/Site/", none, ""),
            (github, "https://us.github.io/", none, "at https://us.github.io/site/"),
            (github, "https://them.github.io/site/", none, "at https://us.github.io/site/"),
            (github, "https://insects.net/", none, "unless a file CNAME"),
            (github, "https://insects.net/", Some("insects.net\n"), ""),
            (github, "https://insects.net/", Some("www.insects.net"), "CNAME says www.insects.net"),
            (kept, "https://insects.net/", none, ""),
            (own, "https://us.github.io/", none, ""),
            (own, "https://us.github.io/us.github.io/", none, "at https://us.github.io/,"),
            (gitlab, "https://us.gitlab.io/group/site/", none, ""),
            (gitlab, "https://site-1a2b3c.gitlab.io/", none, ""),
            (gitlab, "https://us.gitlab.io/site/", none, "at https://us.gitlab.io/group/site/"),
            (gitlab, "https://insects.net/", none, ""),
            (codeberg, "https://us.codeberg.page/site/", none, ""),
            (codeberg, "https://us.codeberg.page/site/@next/", none, ""),
            (codeberg, "https://us.codeberg.page/", none, "at https://us.codeberg.page/site/"),
            (pages, "https://us.codeberg.page/", none, ""),
            (s3, "http://insects.s3-website-eu-west-1.amazonaws.com/", none, "http:"),
            (s3, "https://insects.s3-website.eu-west-1.amazonaws.com/", none, ""),
            (s3, "https://ants.s3-website.eu-west-1.amazonaws.com/", none, "the bucket `ants`"),
            (s3, "https://insects.s3-website.eu-west-1.amazonaws.com/a/", none, "at /a/"),
            (s3, "https://insects.s3.eu-west-1.amazonaws.com/", none, "index.html"),
            (s3, "https://insects.net/", none, ""),
            (s3, "http://localhost:9000/", none, "this computer"),
            (near, "http://localhost:9000/", none, ""),
            (near, "https://insects.example/", none, "placeholder"),
            (azure, "https://us.z6.web.core.windows.net/", none, "`$web`"),
            (azure, "https://us.blob.core.windows.net/site/", none, "index.html"),
            (folder, "http://192.168.1.2/", none, ""),
            (folder, "https://www.example.org/", none, "placeholder"),
            (folder, "https://notexample.org/", none, ""),
            (folder, "https://insects.pages.dev/a/", none, "stand at the root"),
            (sftp, "http://[::1]/", none, "this computer"),
            (sftp, "https://insects.test/", none, "this computer"),
            (sftp, "http://insects.net/", none, "http:"),
        ] {
            let faults = faults(&host(yaml), &url(base_url), cname);
            let said = faults.iter().map(|(message, _)| message.as_str()).collect::<Vec<_>>().join("; ");
            assert_eq!(faults.len(), usize::from(!expected.is_empty()), "{yaml} {base_url}: {said}");
            assert!(said.contains(expected), "{yaml} {base_url}: {said}");
        }
    }
}
