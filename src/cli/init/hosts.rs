//! What each host needs in a site that it builds: files, a host in `site.yaml`, and what its user
//! does there by hand.
//!
//! Owns these facts. It never looks at a site.

use clap::ValueEnum;

/// A host, or a service that builds sites and hands them to one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum Service {
    /// Netlify
    Netlify,
    /// Cloudflare Pages
    Cloudflare,
    /// Vercel
    Vercel,
    /// GitHub Actions, to GitHub Pages
    GithubActions,
    /// GitLab CI, to GitLab Pages
    GitlabCi,
    /// Woodpecker, to Codeberg Pages
    Woodpecker,
}

/// Installs what is missing on a machine that has no image of its own, and publishes.
const SCRIPT: (&str, &str) = ("ci/publish.sh", include_str!("../hosts/publish.sh"));

impl Service {
    /// What people call it.
    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Netlify => "Netlify",
            Self::Cloudflare => "Cloudflare Pages",
            Self::Vercel => "Vercel",
            Self::GithubActions => "GitHub Actions",
            Self::GitlabCi => "GitLab CI",
            Self::Woodpecker => "Woodpecker",
        }
    }

    /// Its files, by path. `{version}` stands for Bashu's version in them, `{name}` for the site's folder.
    pub(super) fn files(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Netlify => &[("netlify.toml", include_str!("../hosts/netlify.toml")), SCRIPT],
            Self::Cloudflare => &[("wrangler.toml", include_str!("../hosts/wrangler.toml")), SCRIPT],
            Self::Vercel => &[("vercel.json", include_str!("../hosts/vercel.json")), SCRIPT],
            Self::GithubActions => &[(".github/workflows/publish.yml", include_str!("../hosts/github.yml"))],
            Self::GitlabCi => &[(".gitlab-ci.yml", include_str!("../hosts/gitlab.yml"))],
            Self::Woodpecker => &[(".woodpecker.yaml", include_str!("../hosts/woodpecker.yaml"))],
        }
    }

    /// What the host is called in `site.yaml`, as its files name it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Netlify => "netlify",
            Self::Cloudflare => "cloudflare",
            Self::Vercel => "vercel",
            Self::GithubActions => "github",
            Self::GitlabCi => "gitlab",
            Self::Woodpecker => "codeberg",
        }
    }

    /// What stands behind that name. GitLab Pages serves compressed copies and reads `_redirects`.
    pub(super) fn host(self) -> &'static str {
        match self {
            Self::Netlify | Self::Cloudflare => "{folder: {path: public}, rules: [_headers, _redirects]}",
            Self::Vercel | Self::GithubActions => "{folder: {path: public}}",
            Self::GitlabCi => "{folder: {path: public}, rules: [_redirects], copies: [gzip, brotli]}",
            Self::Woodpecker => "{git: {remote: https://codeberg.org/example/site.git, branch: pages}}",
        }
    }

    /// Whether it publishes the folder `public/`, which git has to leave alone.
    pub(super) fn takes_folder(self) -> bool {
        self != Self::Woodpecker
    }

    /// What its user does, in order.
    pub(super) fn next(self) -> &'static [&'static str] {
        match self {
            Self::Netlify => &[
                "Set `base_url` in site.yaml to the site's address, and commit the files.",
                "At Netlify, import the repository; netlify.toml says how it is built.",
            ],
            Self::Cloudflare => &[
                "Set `base_url` in site.yaml to the site's address, and commit the files.",
                "At Cloudflare, create a Pages project of the name in wrangler.toml from the repository.",
                "There, set the build command to `sh ci/publish.sh cloudflare`, the output directory to `public`.",
            ],
            Self::Vercel => &[
                "Set `base_url` in site.yaml to the site's address, and commit the files.",
                "At Vercel, import the repository; vercel.json says how it is built.",
            ],
            Self::GithubActions => &[
                "Set `base_url` in site.yaml to the site's address.",
                "At GitHub, under Settings > Pages, choose GitHub Actions as the source.",
                "Commit the files and push them to `main`; another branch is named in the workflow.",
            ],
            Self::GitlabCi => &[
                "Set `base_url` in site.yaml to the site's address.",
                "Commit the files and push them to the default branch.",
            ],
            Self::Woodpecker => &[
                "In site.yaml, set `base_url`, and `remote` of the host `codeberg` to your repository.",
                "At Codeberg, make an access token that may write to repositories.",
                "In Woodpecker, switch the repository on and add the token as the secret `pages_token`.",
                "Commit the files and push them to `main`; another branch is named in .woodpecker.yaml.",
            ],
        }
    }
}
