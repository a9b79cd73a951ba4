//! A site at fault still has an answer at every address, and says what is wrong.

use super::SITE;
use super::server::Server;

#[test]
fn without_settings_every_address_says_what_is_wrong() {
    for (fault, code) in [
        ("== site.yaml\ntitle: [\n", "yaml-syntax"),
        ("== templates/article.html\n{{ page.title\n", "template-syntax"),
        ("== site.yaml\ntitle: Ants\nbase_url: https://ants.example/\n", "missing-key"),
    ] {
        let mut server = Server::start(&format!("{SITE}{fault}"), &[]);
        let told = server.event("faults");
        assert_eq!(told["faults"][0]["code"], code, "{told}");
        assert!(told["faults"][0]["shown"].as_str().unwrap().contains(&format!("error[{code}]")));
        assert_eq!(server.event("opened")["pages"], 0);
        for path in ["/", "/en/", "/zh/none", "/noextension"] {
            let answer = server.get(path);
            assert_eq!((answer.status, answer.field("content-type")), (503, "text/html; charset=utf-8"));
            assert!(answer.text().contains(&format!("error[{code}]")), "{}", answer.text());
            assert!(answer.text().contains("src=\"/_bashu/assets/client.js\" data-bashu-mark=\""));
        }
        assert_eq!(server.get("/_bashu/assets/client.js").status, 200);
    }
}

#[test]
fn a_page_that_cannot_be_rendered_says_so_and_the_others_are_shown() {
    let server = Server::start(
        &format!("{SITE}== templates/article.html\n{{{{ page.nothing.more & \"<b>\" }}}}\n"),
        &[],
    );
    let answer = server.get("/en/notes/ants/");
    // A template that cannot even be read stops all.
    if answer.status == 503 {
        panic!("{}", answer.text());
    }
    assert_eq!((answer.status, answer.field("content-type")), (500, "text/html; charset=utf-8"));
    assert!(answer.text().contains("error[template-runtime]"), "{}", answer.text());
    assert!(answer.text().contains("data-bashu-mark=\"") && answer.field("etag").is_empty());
    assert_eq!(server.get("/en/").status, 200);
    assert_eq!(server.get("/en/none").status, 404);
}
