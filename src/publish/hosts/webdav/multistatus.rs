//! What a WebDAV server says that a folder holds: an answer of many (RFC 4918, 13 and 14).
//!
//! Owns the reading of it. What is not below the folder is none of its members, whatever the server
//! says.

use percent_encoding::percent_decode_str;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;
use url::Url;

/// A file or folder.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Member {
    /// Its name in the folder; nothing if it is what was asked for itself.
    pub name: String,
    pub size: u64,
    pub is_folder: bool,
}

/// What stands at an address: its members, or if it is a file, or has been asked for alone, itself.
/// Nothing if this is not such an answer.
pub(super) fn members(xml: &[u8], asked: &Url) -> Option<Vec<Member>> {
    let mut reader = Reader::from_str(std::str::from_utf8(xml).ok()?);
    let (mut members, mut is_multistatus) = (Vec::new(), false);
    let (mut member, mut href, mut text) = (Member::default(), String::new(), String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => {
                text.clear();
                match tag.local_name().as_ref() {
                    "multistatus" => is_multistatus = true,
                    "response" => (member, href) = (Member::default(), String::new()),
                    "collection" => member.is_folder = true,
                    _ => {}
                }
            }
            Event::Text(piece) => text.push_str(&piece),
            Event::CData(piece) => text.push_str(&piece),
            Event::GeneralRef(reference) => match reference.resolve_char_ref().ok()? {
                Some(c) => text.push(c),
                None => text.push_str(resolve_xml_entity(&reference)?),
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                "href" if href.is_empty() => href = text.trim().to_owned(),
                "getcontentlength" => member.size = text.trim().parse().unwrap_or_default(),
                "response" => {
                    if let Some(name) = name(&href, asked) {
                        members.push(Member { name, ..std::mem::take(&mut member) });
                    }
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    // A folder that was asked for its members is not one of them.
    if members.len() > 1 || asked.path().ends_with('/') {
        members.retain(|member| !member.name.is_empty());
    }
    is_multistatus.then_some(members)
}

/// The name of a member by its address, which may be a path alone.
fn name(href: &str, asked: &Url) -> Option<String> {
    let url = asked.join(href).ok()?;
    let decoded = |path: &str| percent_decode_str(path).decode_utf8().ok().map(|path| path.into_owned());
    let (own, folder) = (decoded(url.path())?, decoded(asked.path())?);
    let folder = folder.trim_end_matches('/');
    let name = own.strip_prefix(folder)?.trim_matches('/');
    let is_below = own.len() == folder.len() || own.as_bytes().get(folder.len()) == Some(&b'/');
    (is_below && !name.contains('/')).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str, asked: &str) -> Option<Vec<(String, u64, bool)>> {
        let members = members(xml.as_bytes(), &Url::parse(asked).unwrap())?;
        Some(members.into_iter().map(|member| (member.name, member.size, member.is_folder)).collect())
    }

    #[test]
    fn members_are_read_however_a_server_writes_them() {
        let xml = r#"<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">
            <D:response><D:href>/dav/us%20all/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop></D:propstat></D:response>
            <D:response><D:href>http://example.org/dav/us%20all/zh/</D:href><D:propstat><D:prop><D:resourcetype><D:collection></D:collection></D:resourcetype></D:prop></D:propstat></D:response>
            <D:response><D:href>/dav/us%20all/%E8%85%BF&amp;100%25.txt</D:href><D:propstat><D:prop><D:getcontentlength>12</D:getcontentlength><D:resourcetype/></D:prop></D:propstat></D:response>
            <D:response><D:href><![CDATA[/dav/us all/x]]></D:href></D:response>
            <D:response><D:href>/dav/elsewhere</D:href></D:response>
            <D:response><D:href>/dav/us%20allies</D:href></D:response>
            <D:response><D:href>/dav/us%20all/zh/deep</D:href></D:response>
            </D:multistatus>"#;
        let expected = [("zh", 0, true), ("腿&100%.txt", 12, false), ("x", 0, false)];
        let expected = expected.map(|(name, size, is_folder)| (name.to_owned(), size, is_folder));
        assert_eq!(read(xml, "http://example.org/dav/us%20all/").unwrap(), expected);
    }

    #[test]
    fn what_is_asked_for_alone_is_itself() {
        let answer = |kind: &str| {
            format!("<multistatus xmlns='DAV:'><response><href>/a/b</href>{kind}</response></multistatus>")
        };
        let url = "http://example.org/a/b";
        assert_eq!(read(&answer(""), url).unwrap(), [(String::new(), 0, false)]);
        assert_eq!(read(&answer("<collection/>"), url).unwrap(), [(String::new(), 0, true)]);
    }

    #[test]
    fn what_is_no_answer_of_many_is_none() {
        for xml in
            ["", "<html>no</html>", "<multistatus><response>", "<multistatus>&what;</multistatus>", "\u{0}"]
        {
            let read = read(xml, "http://example.org/");
            assert!(read.as_ref().is_none_or(Vec::is_empty), "{xml}: {read:?}");
        }
        assert_eq!(read("<html>no</html>", "http://example.org/"), None);
    }
}
