//! Colour profiles (ICC.1:2022, § 7): which of their tags are colours, and which tell of a device.
//!
//! Screenshots carry the profile of the screen, with its serial number. It never turns a colour.

/// The tags that are kept: colours, and what every profile must have.
const KEPT: [&[u8; 4]; 28] = [
    b"A2B0", b"A2B1", b"A2B2", b"B2A0", b"B2A1", b"B2A2", b"B2D0", b"B2D1", b"B2D2", b"B2D3", b"D2B0",
    b"D2B1", b"D2B2", b"D2B3", b"bTRC", b"bXYZ", b"bkpt", b"chad", b"chrm", b"cicp", b"cprt", b"desc",
    b"gTRC", b"gXYZ", b"kTRC", b"rTRC", b"rXYZ", b"wtpt",
];
/// Where the number of tags stands; each has twelve bytes behind it.
const TABLE: usize = 128;
/// Where a digest of the whole stands; noughts say that there is none.
const ID: std::ops::Range<usize> = 84..100;

/// A profile without what tells of a device, as long as it was; `None` if there is nothing to be left out, or
/// if it is no profile.
pub(super) fn clean(profile: &[u8]) -> Option<Vec<u8>> {
    let number = |at: usize| Some(u32::from_be_bytes(*profile.get(at..)?.first_chunk()?));
    let count = number(TABLE)? as usize;
    let table = profile.get(TABLE + 4..)?.get(..count.checked_mul(12)?)?;
    let (tags, _) = table.as_chunks::<12>();
    let kept: Vec<_> = tags.iter().filter(|tag| KEPT.iter().any(|name| tag.starts_with(*name))).collect();
    if kept.len() == tags.len() {
        return None;
    }
    let mut cleaned = profile.get(..TABLE)?.to_vec();
    cleaned.get_mut(ID)?.fill(0);
    cleaned.extend((kept.len() as u32).to_be_bytes());
    kept.iter().for_each(|tag| cleaned.extend(*tag));
    cleaned.resize(profile.len(), 0);
    for [_, _, _, _, a, b, c, d, e, f, g, h] in kept {
        let [start, length] = [[*a, *b, *c, *d], [*e, *f, *g, *h]].map(|n| u32::from_be_bytes(n) as usize);
        let place = start..start.checked_add(length)?;
        cleaned.get_mut(place.clone())?.copy_from_slice(profile.get(place)?);
    }
    Some(cleaned)
}
