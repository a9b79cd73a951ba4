//! GIF: blocks (GIF 89a).

use super::{Cursor, Parts};
use crate::image::{Fault, Format};

const EXTENSION: u8 = 0x21;
const IMAGE: u8 = 0x2c;
const END: u8 = 0x3b;
const CONTROL: u8 = 0xf9;
const APPLICATION: u8 = 0xff;

/// What of programs is kept: how often the pictures are shown, and the colour profile.
const KEPT: [&[u8]; 3] = [b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012"];

pub(super) fn read(bytes: &[u8]) -> Result<Parts<'_>, Fault> {
    let mut cursor = Cursor::new(bytes);
    cursor.take(6)?;
    let [.., flags, _, _] = cursor.array::<7>()?;
    cursor.take(colours(flags))?;
    let mut kept = vec![cursor.since(0).into()];
    let mut images = 0;
    loop {
        let start = cursor.at;
        // Browsers do without the last byte, and so do some programs.
        match cursor.rest().first() {
            None if images > 0 => break,
            _ => {}
        }
        let [kind] = cursor.array()?;
        let is_kept = match kind {
            END => break,
            IMAGE => {
                let [.., flags] = cursor.array::<9>()?;
                cursor.take(colours(flags) + 1)?;
                images += 1;
                true
            }
            EXTENSION => match cursor.array()? {
                [CONTROL] => true,
                [APPLICATION] => KEPT.iter().any(|name| cursor.rest().get(1..12) == Some(name)),
                _ => false,
            },
            // Some programs fill up with noughts.
            0 => {
                continue;
            }
            _ => return Err(Fault::damaged(Format::Gif, &"it has a block of no known kind")),
        };
        sub_blocks(&mut cursor)?;
        if is_kept {
            kept.push(cursor.since(start).into());
        }
    }
    if images == 0 {
        return Err(Fault::damaged(Format::Gif, &"there is no picture in it"));
    }
    kept.push([END].as_slice().into());
    Ok(Parts { orientation: 1, size: None, animated: images > 1, kept })
}

/// How long the table of colours is that flags tell of.
fn colours(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn sub_blocks(cursor: &mut Cursor<'_>) -> Result<(), Fault> {
    loop {
        match cursor.array()? {
            [0] => return Ok(()),
            [length] => cursor.take(usize::from(length))?,
        };
    }
}
