//! The preview in a real browser.

use crate::webdriver::Browser;

#[test]
fn a_browser_starts() {
    let browser = Browser::start().unwrap();
    browser.goto("data:text/html,<p id=x>Hello</p>");
    browser.wait("document.getElementById('x')");
    assert_eq!(browser.find("#x").text(), "Hello");
    assert_eq!(&browser.screenshot()[1..4], b"PNG");
}
