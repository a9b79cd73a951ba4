//! What is looked at before a host is asked anything: whether it can take the site.
//!
//! Owns limits and names that hosts reserve. Whether the base URL is one of the host's is
//! [`super::address`]'s. All faults are found in one run.

use super::address;
use super::amount::{bytes, first};
use super::release::Release;
use super::service::{Limits, Service};
use super::trouble::fault;
use crate::base::OutputPath;
use crate::config::{BaseUrl, Host, HostKind};
use crate::diag::{Diagnostics, code};

/// What there is to say of a release before it goes to a host. `base_url` is where readers find it
/// there, `own` what the site says of itself.
pub fn preflight(release: &Release, host: &Host, base_url: &BaseUrl, own: &BaseUrl) -> Diagnostics {
    let files: Vec<(&str, u64)> = release.items.iter().map(|item| (&*item.path, item.size)).collect();
    let cname = release.item("CNAME").and_then(|item| String::from_utf8(item.bytes().ok()?).ok());
    let mut faults = Diagnostics::new();
    let service = Service::of(host, base_url);
    if let Some(service) = service {
        limits(&files, host, service.name(), &service.limits(&host.kind), &mut faults);
    }
    names(&files, host, service, &mut faults);
    for (message, help) in address::faults(host, base_url, cname.as_deref()) {
        faults.push(fault(host, code::HOST_BASE_URL, message, help));
    }
    if host.drafts && base_url == own {
        let message = format!("drafts are published to `{}`, at the site's own base URL", host.name.value);
        let help = "take `drafts` out, or give the host a `base_url` of its own, as a place to try things";
        faults.push(fault(host, code::HOST_BASE_URL, message, help));
    }
    faults
}

/// Files of the site itself that files of rules would take the place of.
pub fn overwritten(host: &Host, made: &[(String, Vec<u8>)], built: &[OutputPath]) -> Diagnostics {
    let mut faults = Diagnostics::new();
    for (name, _) in made.iter().filter(|(name, _)| built.iter().any(|path| path.as_str() == name)) {
        let message = format!("the site has a file {name} of its own, which `rules: [{name}]` would replace");
        let help = format!(
            "take `{name}` out of `rules`, or the file out of static/; `--print {name}` shows what Bashu would write"
        );
        faults.push(fault(host, code::HOST_LIMIT, message, help));
    }
    faults
}

type Files<'f> = [(&'f str, u64)];

fn limits(files: &Files<'_>, host: &Host, service: &str, limits: &Limits, faults: &mut Diagnostics) {
    let mut report = |message: String, help: &str| faults.push(fault(host, code::HOST_LIMIT, message, help));
    if let Some((most, note)) = limits.files
        && files.len() > most
    {
        report(
            format!("the site has {} files, and {service} takes {most}{note}", files.len()),
            "leave files out, or choose another host; if yours takes more, say `messages: {host-limit: warning}`",
        );
    }
    if let Some(most) = limits.file {
        let mut large: Vec<_> = files.iter().filter(|(_, size)| *size > most).collect();
        large.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
        let named: Vec<String> =
            large.iter().map(|(path, size)| format!("{path} ({})", bytes(*size))).collect();
        if !named.is_empty() {
            let listed = first(named.iter().map(String::as_str));
            let (most, count) = (most / (1024 * 1024), counted(named.len(), "file is", "files are"));
            report(
                format!("{service} takes no file larger than {most} MiB, and {count}: {listed}"),
                "make them smaller, or put them elsewhere and link to them",
            );
        }
    }
    let all = files.iter().map(|(_, size)| size).sum();
    if let Some(most) = limits.site
        && all > most
    {
        let message = format!("the site has {}, and {service} takes {}", bytes(all), bytes(most));
        report(message, "leave large files out, or choose another host");
    }
}

/// Paths that a host cannot store, or takes for something else than a file.
fn names(files: &Files<'_>, host: &Host, service: Option<Service>, faults: &mut Diagnostics) {
    let mut refuse = |wrong: &dyn Fn(&str) -> bool, why: &str, help: &str| {
        let paths: Vec<&str> = files.iter().map(|(path, _)| *path).filter(|path| wrong(path)).collect();
        if !paths.is_empty() {
            let message = format!("{why}: {}", first(paths.iter().copied()));
            faults.push(fault(host, code::HOST_LIMIT, message, help));
        }
    };
    let shorter = "give the articles shorter slugs, or put them into fewer folders";
    let elsewhere = "name it otherwise, or leave it out";
    let key = |prefix: &str| if prefix.is_empty() { 0 } else { prefix.len() + 1 };
    match &host.kind {
        HostKind::S3(s3) => {
            let before = key(&s3.prefix);
            refuse(&|path| before + path.len() > 1_024, "S3 takes paths of 1,024 bytes at most", shorter);
        }
        HostKind::Gcs(gcs) => {
            let before = key(&gcs.prefix);
            refuse(
                &|path| before + path.len() > 1_024,
                "Cloud Storage takes paths of 1,024 bytes at most",
                shorter,
            );
            let acme = ".well-known/acme-challenge/";
            let reserved = |path: &str| gcs.prefix.is_empty() && path.starts_with(acme);
            refuse(&reserved, "Cloud Storage takes nothing below `.well-known/acme-challenge/`", elsewhere);
        }
        HostKind::Azblob(azure) => {
            // The same in characters: a prefix counts as well.
            let before = if azure.prefix.is_empty() { 0 } else { azure.prefix.chars().count() + 1 };
            let long = |path: &str| before + path.chars().count() > 1_024;
            refuse(&long, "Azure takes paths of 1,024 characters at most", shorter);
            let deep = |path: &str| format!("{}/{path}", azure.prefix).split('/').count() > 254;
            refuse(&deep, "Azure takes paths of 254 folders at most", shorter);
        }
        HostKind::Git(_) => {
            let is_git = |path: &str| path.split('/').any(|name| name.eq_ignore_ascii_case(".git"));
            refuse(&is_git, "git stores nothing that is called `.git`", elsewhere);
        }
        _ => {}
    }
    if service == Some(Service::Cloudflare) {
        let program =
            |path: &str| path == "_worker.js" || path.starts_with("_worker.js/") || path == "_routes.json";
        refuse(&program, "Cloudflare Pages runs these files instead of showing them", elsewhere);
    }
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::address::tests::{host, url};

    /// The codes and messages of some files at a host.
    fn said(yaml: &str, base_url: &str, files: &Files<'_>) -> Vec<String> {
        let (host, base_url) = (host(yaml), url(base_url));
        let mut faults = Diagnostics::new();
        let service = Service::of(&host, &base_url);
        if let Some(service) = service {
            limits(files, &host, service.name(), &service.limits(&host.kind), &mut faults);
        }
        names(files, &host, service, &mut faults);
        faults.iter().map(|d| d.message.clone()).collect()
    }

    #[test]
    fn what_a_host_cannot_take_is_said_at_once() {
        let github = "{git: {remote: git@github.com:us/site.git, branch: pages}}";
        let gitlab = "{git: {remote: git@gitlab.com:us/site.git, branch: pages}}";
        let other = "{git: {remote: git@example.net:us/site.git, branch: pages}}";
        let folder = "{folder: {path: out}}";
        let large =
            [("a.mp4", 104_857_601), ("b.mp4", 400_000_000), ("c.mp4", 104_857_600), ("d", 600_000_000)];
        assert_eq!(
            said(github, "https://us.github.io/site/", &large),
            [
                "GitHub Pages takes no file larger than 100 MiB, and 3 files are: d (600 MB), b.mp4 (400 MB), a.mp4 (105 MB)",
                "the site has 1.2 GB, and GitHub Pages takes 1.0 GB",
            ]
        );
        // By way of an artifact only the whole counts.
        assert_eq!(said(folder, "https://us.github.io/site/", &large).len(), 1);
        assert_eq!(said(gitlab, "https://us.gitlab.io/site/", &large).len(), 1);
        assert_eq!(said(other, "https://insects.net/", &large), [""; 0]);
        assert_eq!(said(folder, "https://insects.net/", &large), [""; 0]);

        let many = vec![("x", 1); 20_001];
        assert_eq!(
            said(folder, "https://insects.pages.dev/", &many),
            ["the site has 20001 files, and Cloudflare Pages takes 20000 (100,000 on paid plans)"]
        );
        assert_eq!(said(folder, "https://insects.pages.dev/", &many[1..]), [""; 0]);
        assert_eq!(
            said(
                folder,
                "https://insects.pages.dev/",
                &[("_worker.js", 1), ("a/_worker.js", 1), ("v.mp4", 27_000_000)]
            ),
            [
                "Cloudflare Pages takes no file larger than 25 MiB, and 1 file is: v.mp4 (27.0 MB)",
                "Cloudflare Pages runs these files instead of showing them: _worker.js",
            ]
        );
    }

    #[test]
    fn names_that_a_host_cannot_store_are_told() {
        let long = format!("{}/index.html", "数据/".repeat(145).trim_end_matches('/'));
        assert_eq!((long.len(), long.chars().count()), (1_025, 445));
        let short = &long["数据/".len()..];
        for (yaml, path, faults) in [
            ("{s3: {bucket: b}}", long.as_str(), 1),
            ("{s3: {bucket: b}}", short, 0),
            ("{s3: {bucket: b, prefix: sites}}", short, 0),
            ("{s3: {bucket: b, prefix: a-long-one}}", short, 1),
            ("{gcs: {bucket: b}}", &long, 1),
            ("{gcs: {bucket: b}}", ".well-known/acme-challenge/x", 1),
            ("{gcs: {bucket: b, prefix: p}}", ".well-known/acme-challenge/x", 0),
            ("{gcs: {bucket: b}}", ".well-known/security.txt", 0),
            ("{azblob: {container: c, account: a}}", &long, 0),
            ("{azblob: {container: c, account: a}}", &"数".repeat(1_025), 1),
            ("{azblob: {container: c, account: a}}", &"a/".repeat(254), 1),
            ("{git: {remote: r, branch: b}}", "kept/.Git/config", 1),
            ("{git: {remote: r, branch: b}}", ".gitignore", 0),
            ("{sftp: {host: h, path: /srv}}", &long, 0),
        ] {
            assert_eq!(said(yaml, "https://insects.net/", &[(path, 1)]).len(), faults, "{yaml} {path}");
        }
    }
}
