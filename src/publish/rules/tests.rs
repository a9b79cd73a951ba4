//! The same facts in everybody's words.

use super::*;

fn facts(base: &str, cache: &[(&str, &str)], redirects: &[(&str, &str)], files: &[&str]) -> Facts {
    let redirect = |(from, to): &(&str, &str)| Redirect { from: UrlPath::new(*from), to: UrlPath::new(*to) };
    Facts {
        domain: "insects.example".to_owned(),
        base: base.to_owned(),
        root: PathBuf::from("/srv/www/site"),
        redirects: redirects.iter().map(redirect).collect(),
        not_found: vec!["/en/".to_owned(), "/zh/".to_owned()],
        cache: cache.iter().map(|(p, v)| (Pattern::new(p).unwrap(), (*v).to_owned())).collect(),
        copies: vec![Compression::Gzip, Compression::Brotli],
        files: files.iter().map(|file| (*file).to_owned()).collect(),
    }
}

const REDIRECTS: [(&str, &str); 3] =
    [("/", "/en/"), ("/old/bees/", "/zh/notes/蜜蜂/"), ("/旧 地/index.html", "/zh/notes/蜜蜂/")];

#[test]
fn redirects_of_plain_names_take_the_place_of_their_pages() {
    let (text, left_out) = redirects::write(&facts("/", &[], &REDIRECTS, &[]));
    insta::assert_snapshot!(text, @r"
    # Written by Bashu from site.yaml and the articles. To change it, change those.
    / /en/ 301
    /old/bees/ /zh/notes/%E8%9C%9C%E8%9C%82/ 301
    /old/bees /zh/notes/%E8%9C%9C%E8%9C%82/ 301
    /%E6%97%A7%20%E5%9C%B0/index.html /zh/notes/%E8%9C%9C%E8%9C%82/ 301
    /en/* /en/404.html 404
    /zh/* /zh/404.html 404
    ");
    assert_eq!(left_out, ["old/bees/index.html"]);
    let (text, _) = redirects::write(&facts("/sub/", &[], &REDIRECTS[1..2], &[]));
    assert!(
        text.contains("\n/sub/old/bees/ /sub/zh/notes/")
            && text.contains("\n/sub/zh/* /sub/zh/404.html 404\n")
    );
}

#[test]
fn what_is_beyond_the_limits_keeps_its_page() {
    let names: Vec<String> = (0..2000).map(|n| format!("/old/{n}/")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "/en/")).collect();
    let (text, left_out) = redirects::write(&facts("/", &[], &many, &[]));
    assert_eq!(left_out.len(), 499);
    assert_eq!(text.lines().filter(|line| !line.starts_with('#')).count(), 1000);
    assert!(text.ends_with("/zh/404.html 404\n"));
    let long = "/x".repeat(400);
    let names: Vec<String> = (0..200).map(|n| format!("/old{long}/{n}/")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "/en/")).collect();
    let (text, left_out) = redirects::write(&facts("/", &[], &many, &[]));
    assert!(text.len() <= 64 * 1024 && left_out.len() > 30 && left_out.len() < 50);
}

#[test]
fn headers_say_what_is_so_for_every_file_and_nothing_else() {
    let files =
        ["assets/a.0123456789.css", "assets/b.0123456789.js", "en/index.html", "maps/a.pdf", "404.html"];
    let cache =
        [("*.pdf", "max-age=86400"), ("*.html", "no-cache"), ("zh/合?", "no-store"), ("*.css", "max-age=9")];
    let text = headers::write(&facts("/", &cache, &[], &files));
    // `/assets/*` would give the stylesheet both.
    insta::assert_snapshot!(text, @r"
    # Written by Bashu from site.yaml and the articles. To change it, change those.
    /*.pdf
      Cache-Control: max-age=86400
    /*.html
      Cache-Control: no-cache
    # zh/合?: no-store cannot be said here
    /*.css
      Cache-Control: max-age=9
    /assets/b.0123456789.js
      Cache-Control: public, max-age=31536000, immutable
    ");
    let text = headers::write(&facts("/", &[("*.css", "max-age=9"), ("**", "a")], &[], &files));
    assert!(text.contains("\n# **: a cannot be said here\n") && !text.contains("immutable"), "{text}");
    let text = headers::write(&facts("/sub/", &[], &[], &files));
    assert!(
        text.ends_with("\n/sub/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"),
        "{text}"
    );
    // A file without a fingerprint stands there too: those with one are named.
    let text = headers::write(&facts("/", &[], &[], &["assets/a.0123456789.css", "assets/logo.svg"]));
    assert!(
        text.ends_with("\n/assets/a.0123456789.css\n  Cache-Control: public, max-age=31536000, immutable\n")
    );
}

#[test]
fn nginx_caddy_and_vercel_have_their_words() {
    let facts = facts("/", &[("*.{pdf,zip}", "max-age=\"1\""), ("zh/?.svg", "no-store")], &REDIRECTS, &[]);
    insta::assert_snapshot!("nginx", write(RulesFor::Nginx, &facts));
    insta::assert_snapshot!("caddy", write(RulesFor::Caddy, &facts));
    insta::assert_snapshot!("vercel", write(RulesFor::Vercel, &facts));
    let facts = Facts { base: "/sub/".to_owned(), ..facts };
    insta::assert_snapshot!("nginx-below", write(RulesFor::Nginx, &facts));
    insta::assert_snapshot!("caddy-below", write(RulesFor::Caddy, &facts));
}
