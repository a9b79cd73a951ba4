//! Pages that send the reader on, for hosts that know no other redirects.
//!
//! Owns the form of such a page. Where it leads is decided by the plan.

use crate::base::escape_html;

/// A page in place of one that has moved. `target_url` (absolute or from the root, encoded) is
/// where the reader goes at once; `canonical` is the absolute URL that search engines should keep.
///
/// A link says the same to readers whose browser does not follow, and `title` names it.
pub(super) fn redirect(target_url: &str, canonical: &str, lang: &str, title: &str) -> String {
    // A document without a title is not valid HTML.
    let title = if title.trim().is_empty() { target_url } else { title };
    let [target, canonical, lang, title] = [target_url, canonical, lang, title].map(escape_html);
    format!(
        "<!DOCTYPE html>\n\
         <html lang=\"{lang}\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <title>{title}</title>\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <link rel=\"canonical\" href=\"{canonical}\">\n\
         <meta http-equiv=\"refresh\" content=\"0; url={target}\">\n\
         </head>\n\
         <body>\n\
         <p><a href=\"{target}\">{title}</a></p>\n\
         </body>\n\
         </html>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirect_leads_on_with_and_without_the_browsers_help() {
        let page = redirect(
            "/zh/%E5%90%88%E4%BD%9C/",
            "https://bashu.example/zh/%E5%90%88%E4%BD%9C/",
            "zh-Hans",
            "合作 <&>",
        );
        insta::assert_snapshot!(page, @r##"
        <!DOCTYPE html>
        <html lang="zh-Hans">
        <head>
        <meta charset="utf-8">
        <title>合作 &lt;&amp;&gt;</title>
        <meta name="viewport" content="width=device-width">
        <meta name="robots" content="noindex">
        <link rel="canonical" href="https://bashu.example/zh/%E5%90%88%E4%BD%9C/">
        <meta http-equiv="refresh" content="0; url=/zh/%E5%90%88%E4%BD%9C/">
        </head>
        <body>
        <p><a href="/zh/%E5%90%88%E4%BD%9C/">合作 &lt;&amp;&gt;</a></p>
        </body>
        </html>
        "##);
    }

    #[test]
    fn a_title_is_never_empty() {
        assert!(redirect("/a/", "https://bashu.example/a/", "en", " ").contains("<title>/a/</title>"));
    }
}
