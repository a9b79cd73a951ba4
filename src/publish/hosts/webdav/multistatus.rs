//! What a WebDAV server says that a folder holds: an answer of many (RFC 4918, 13 and 14).
//!
//! Owns the reading of it. What is not below the folder is none of its members, whatever the server
//! says; and an answer that does not name the folder itself is none, as its addresses are not ours: a
//! folder that only seems to be empty must not be deleted.

use percent_encoding::percent_decode_str;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;
use url::Url;

use crate::publish::hosts::walk::Member;

/// What stands at an address.
#[derive(Debug)]
pub(super) struct Found {
    pub members: Vec<Member>,
    /// Whether it is a folder.
    pub is_folder: bool,
    /// Whether nothing else was told of, not even what is no member.
    pub is_alone: bool,
}

/// What an answer tells of an address. Nothing if this is not such an answer.
pub(super) fn read(xml: &[u8], asked: &Url) -> Option<Found> {
    let mut reader = Reader::from_str(std::str::from_utf8(xml).ok()?);
    let (mut members, mut count, mut own) = (Vec::new(), 0, None);
    let (mut member, mut href, mut text) = (Member::default(), String::new(), String::new());
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) => {
                text.clear();
                match tag.local_name().as_ref() {
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
                    count += 1;
                    match name(&href, asked) {
                        Some(name) if name.is_empty() => own = Some(member.is_folder),
                        Some(name) => members.push(Member { name, ..std::mem::take(&mut member) }),
                        None => {}
                    }
                }
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    Some(Found { members, is_folder: own?, is_alone: count == 1 })
}

/// The name of a member by its address, which may be a path alone; nothing in it is what was asked for
/// itself.
fn name(href: &str, asked: &Url) -> Option<String> {
    let url = asked.join(href).ok()?;
    // A name that is not UTF-8 is of others, who have it still.
    let decoded = |path: &str| percent_decode_str(path).decode_utf8_lossy().into_owned();
    let (own, folder) = (decoded(url.path()), decoded(asked.path()));
    let folder = folder.trim_end_matches('/');
    let name = own.strip_prefix(folder)?.trim_matches('/');
    let is_below = own.len() == folder.len() || own.as_bytes().get(folder.len()) == Some(&b'/');
    (is_below && !name.contains('/')).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The members by name, size and whether they are folders; whether it is one itself; whether it is
    /// alone.
    type Told = (Vec<(String, u64, bool)>, bool, bool);

    fn told(xml: &str, asked: &str) -> Option<Told> {
        let found = read(xml.as_bytes(), &Url::parse(asked).unwrap())?;
        let members = found.members.into_iter().map(|member| (member.name, member.size, member.is_folder));
        Some((members.collect(), found.is_folder, found.is_alone))
    }

    #[test]
    fn members_are_read_however_a_server_writes_them() {
        let xml = r#"<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">
            <D:response><D:href>/dav/us%20all/</D:href><D:propstat><D:prop><D:resourcetype><D:collection/></D:resourcetype></D:prop></D:propstat></D:response>
            <D:response><D:href>http://example.org/dav/us%20all/zh/</D:href><D:propstat><D:prop><D:resourcetype><D:collection></D:collection></D:resourcetype></D:prop></D:propstat></D:response>
            <D:response><D:href>/dav/us%20all/%E8%85%BF&amp;100%25.txt</D:href><D:propstat><D:prop><D:getcontentlength>12</D:getcontentlength><D:resourcetype/></D:prop></D:propstat></D:response>
            <D:response><D:href><![CDATA[/dav/us all/x]]></D:href></D:response>
            <D:response><D:href>/dav/us%20all/caf%E9</D:href></D:response>
            <D:response><D:href>/dav/elsewhere</D:href></D:response>
            <D:response><D:href>/dav/us%20allies</D:href></D:response>
            <D:response><D:href>/dav/us%20all/zh/deep</D:href></D:response>
            </D:multistatus>"#;
        let expected =
            [("zh", 0, true), ("腿&100%.txt", 12, false), ("x", 0, false), ("caf\u{fffd}", 0, false)];
        let expected = expected.map(|(name, size, is_folder)| (name.to_owned(), size, is_folder)).to_vec();
        assert_eq!(told(xml, "http://example.org/dav/us%20all/").unwrap(), (expected, true, false));
    }

    #[test]
    fn a_folder_is_empty_only_if_nothing_else_is_told_of() {
        let answer = |responses: &[&str]| {
            let responses = responses.iter().map(|r| format!("<response>{r}</response>")).collect::<String>();
            format!("<multistatus xmlns='DAV:'>{responses}</multistatus>")
        };
        let (own, folder) = ("<href>/a/b/</href><collection/>", "http://example.org/a/b/");
        let file = "<href>/a/b</href>";
        for (responses, url, expected) in [
            (&[own][..], folder, Some((true, true))),
            (&[own], "http://example.org/a/b", Some((true, true))),
            (&[file], "http://example.org/a/b", Some((false, true))),
            // What cannot be one of ours may be somebody's.
            (&[own, "<href>/a/b/c%2Fd</href>"], folder, Some((true, false))),
            (&[own, "<href>/elsewhere</href>"], folder, Some((true, false))),
            // Behind a proxy that has other paths nothing can be known.
            (&["<href>/inside/a/b/</href><collection/>", "<href>/inside/a/b/c</href>"], folder, None),
            (&[], folder, None),
        ] {
            let told = told(&answer(responses), url).map(|(_, is_folder, is_alone)| (is_folder, is_alone));
            assert_eq!(told, expected, "{responses:?} {url}");
        }
    }

    #[test]
    fn what_is_no_answer_of_many_is_none() {
        for xml in
            ["", "<html>no</html>", "<multistatus><response>", "<multistatus>&what;</multistatus>", "\u{0}"]
        {
            assert_eq!(told(xml, "http://example.org/"), None, "{xml}");
        }
    }
}
