//! What happens to a site's folder, its cache and its output behind Bashu's back.

use std::fs::{self, File};
use std::time::{Duration, SystemTime};

use super::edits;
use super::reach::Reach;
use super::workshop::{Workshop, tree};
use crate::dice::Dice;

/// Does something; what it was, and how far it reaches.
pub(crate) type Deed = fn(&mut Workshop, &mut Dice) -> (String, Reach);

pub(crate) const DEEDS: &[Deed] = &[
    nothing,
    touched,
    there_and_back,
    copied,
    behind_the_back,
    behind_the_back,
    output_edited,
    output_edited,
    output_removed,
    output_folder_removed,
    cache_removed,
    elsewhere,
];

fn nothing(_: &mut Workshop, _: &mut Dice) -> (String, Reach) {
    ("nothing".to_owned(), Reach::Nothing)
}

fn touched(shop: &mut Workshop, dice: &mut Dice) -> (String, Reach) {
    let path = shop.some_file(dice);
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    (format!("touched: {}", path.display()), Reach::Nothing)
}

fn there_and_back(shop: &mut Workshop, dice: &mut Dice) -> (String, Reach) {
    let path = shop.some_file(dice);
    let away = shop.root().join("away");
    fs::rename(&path, &away).unwrap();
    fs::rename(&away, &path).unwrap();
    (format!("renamed there and back: {}", path.display()), Reach::Nothing)
}

/// As an editor saves that writes a new file first.
fn copied(shop: &mut Workshop, dice: &mut Dice) -> (String, Reach) {
    let path = shop.some_file(dice);
    let away = shop.root().join("away");
    fs::copy(&path, &away).unwrap();
    fs::rename(&away, &path).unwrap();
    (format!("replaced by its copy: {}", path.display()), Reach::Nothing)
}

/// Another text of the same size under the same time.
fn behind_the_back(shop: &mut Workshop, dice: &mut Dice) -> (String, Reach) {
    let reach = edits::text(&mut shop.site, dice).unwrap_or(Reach::Nothing);
    let changed = shop.write_behind_the_back();
    (format!("text, with the old time put back: {}", changed.join(", ")), reach)
}

fn output_edited(shop: &mut Workshop, dice: &mut Dice) -> (String, Reach) {
    change_output(shop, dice, "edited in the output", |path| {
        let mut bytes = fs::read(path).unwrap();
        let time = fs::metadata(path).unwrap().modified().unwrap();
        match bytes.last_mut() {
            Some(last) => *last = last.wrapping_add(1),
            None => bytes.push(b'x'),
        }
        fs::write(path, bytes).unwrap();
        File::options().write(true).open(path).unwrap().set_modified(time).unwrap();
    })
}

fn output_removed(shop: &mut Workshop, dice: &mut Dice) -> (String, Reach) {
    change_output(shop, dice, "removed from the output", |path| fs::remove_file(path).unwrap())
}

fn change_output(
    shop: &mut Workshop,
    dice: &mut Dice,
    what: &str,
    change: fn(&std::path::Path),
) -> (String, Reach) {
    let out = shop.out();
    let files: Vec<String> = tree(&out).into_keys().filter(|path| path != ".bashu-files").collect();
    if files.is_empty() {
        return nothing(shop, dice);
    }
    let path = dice.pick(&files);
    change(&out.join(path));
    (format!("{what}: {path}"), Reach::Nothing)
}

fn output_folder_removed(shop: &mut Workshop, _: &mut Dice) -> (String, Reach) {
    let _ = fs::remove_dir_all(shop.out());
    ("the output folder removed".to_owned(), Reach::Nothing)
}

fn cache_removed(shop: &mut Workshop, _: &mut Dice) -> (String, Reach) {
    let _ = fs::remove_dir_all(shop.root().join(".bashu"));
    (".bashu removed".to_owned(), Reach::All)
}

/// Another output folder, which knows nothing of what was done since it was built into.
fn elsewhere(shop: &mut Workshop, _: &mut Dice) -> (String, Reach) {
    shop.output = 1 - shop.output;
    ("another output folder".to_owned(), Reach::All)
}
