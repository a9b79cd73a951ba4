//! What stands in a picture's place while it is loaded: a few areas of colour.
//!
//! Owns into how many cells a picture is parted, the average of each, and the SVG that shows them.

use std::fmt::Write;

use super::Placeholder;

impl Placeholder {
    /// How many rows of colours it has.
    pub fn rows(&self) -> usize {
        self.colours.len() / usize::from(self.columns.max(1))
    }

    /// It as SVG to stand in HTML, without style attributes. It fills the box that it is given.
    ///
    /// Each area reaches to the right and the lower edge, and later ones are painted over it: no line
    /// of what is behind shines through between two of them.
    pub fn svg(&self) -> String {
        let (columns, rows) = (usize::from(self.columns.max(1)), self.rows());
        let mut svg = format!(
            "<svg class=\"placeholder\" viewBox=\"0 0 {columns} {rows}\" preserveAspectRatio=\"none\" \
             aria-hidden=\"true\" focusable=\"false\">"
        );
        for (i, [r, g, b]) in self.colours.iter().enumerate() {
            let (x, y) = (i % columns, i / columns);
            // Writing to a string cannot fail.
            let _ =
                write!(svg, "<path fill=\"#{r:02x}{g:02x}{b:02x}\" d=\"M{x} {y}H{columns}V{rows}H{x}z\"/>");
        }
        svg.push_str("</svg>");
        svg
    }

    /// That of a picture through which nothing shines, given as red, green and blue of each pixel.
    #[cfg(feature = "images")]
    pub(super) fn of(width: u32, height: u32, rgb: &[u8]) -> Self {
        let linear: Vec<u64> =
            (0..=255).map(|value| (linear(f64::from(value) / 255.0) * 65_535.0).round() as u64).collect();
        let (columns, rows) = grid(width, height);
        // Sums of red, green and blue in linear light, and how many pixels there are in them.
        let mut cells = vec![[0u64; 4]; columns * rows];
        let (width, height) = (width as usize, height as usize);
        for (y, row) in rgb.chunks_exact((width * 3).max(1)).enumerate() {
            let cells = cells.iter_mut().skip(y * rows / height * columns).take(columns);
            for (column, sums) in cells.enumerate() {
                let (from, to) = (column * width / columns * 3, (column + 1) * width / columns * 3);
                let (pixels, _) = row.get(from..to).unwrap_or_default().as_chunks::<3>();
                for pixel in pixels {
                    for (sum, value) in sums.iter_mut().zip(pixel) {
                        *sum += linear.get(usize::from(*value)).copied().unwrap_or_default();
                    }
                }
                sums[3] += pixels.len() as u64;
            }
        }
        let average = |[r, g, b, count]: [u64; 4]| {
            [r, g, b].map(|sum| (encoded(sum as f64 / count.max(1) as f64 / 65_535.0) * 255.0).round() as u8)
        };
        // There are at most six columns.
        Self { columns: columns as u8, colours: cells.into_iter().map(average).collect() }
    }
}

/// Columns and rows: about a dozen cells, roughly square, and none without a pixel.
#[cfg(feature = "images")]
fn grid(width: u32, height: u32) -> (usize, usize) {
    let ratio = f64::from(width) / f64::from(height.max(1));
    let (columns, rows) = match ratio {
        r if r >= 2.0 => (6, 2),
        r if r >= 1.15 => (4, 3),
        r if r > 0.87 => (3, 3),
        r if r > 0.5 => (3, 4),
        _ => (2, 6),
    };
    (columns.min(width as usize).max(1), rows.min(height as usize).max(1))
}

/// A value of sRGB in linear light (IEC 61966-2-1).
#[cfg(feature = "images")]
fn linear(value: f64) -> f64 {
    if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
}

/// The other way.
#[cfg(feature = "images")]
fn encoded(value: f64) -> f64 {
    if value <= 0.003_130_8 { value * 12.92 } else { 1.055 * value.powf(1.0 / 2.4) - 0.055 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_svg_is_short_and_has_no_style() {
        let colours = (0..12).map(|i| [i * 20, 255 - i, 7]).collect();
        let svg = Placeholder { columns: 4, colours }.svg();
        assert!(svg.len() < 700, "{} bytes", svg.len());
        assert!(svg.starts_with(
            r#"<svg class="placeholder" viewBox="0 0 4 3" preserveAspectRatio="none" aria-hidden="true""#
        ));
        assert!(svg.contains(r##"<path fill="#64fa07" d="M1 1H4V3H1z"/>"##), "{svg}");
        assert!(!svg.contains("style"));
    }

    #[cfg(feature = "images")]
    #[test]
    fn colours_are_averaged_in_linear_light() {
        // Black and white in turns are a light grey to the eye, 188, and not 128.
        let rgb: Vec<u8> =
            (0..8 * 6).flat_map(|i| if (i + i / 8) % 2 == 0 { [0; 3] } else { [255; 3] }).collect();
        let placeholder = Placeholder::of(8, 6, &rgb);
        assert_eq!((placeholder.columns, placeholder.rows()), (4, 3));
        assert!(placeholder.colours.iter().all(|c| *c == [188; 3]), "{placeholder:?}");
    }

    #[cfg(feature = "images")]
    #[test]
    fn every_cell_has_the_colour_of_its_own_part() {
        // Red at the left, blue at the right.
        let rgb: Vec<u8> =
            (0..3 * 12).flat_map(|i| if i % 3 == 0 { [200, 0, 0] } else { [0, 0, 90] }).collect();
        let tall = Placeholder::of(3, 12, &rgb);
        assert_eq!((tall.columns, tall.rows()), (2, 6));
        assert_eq!(tall.colours[1], [0, 0, 90]);
        assert!(tall.colours[0][0] > 100);
        for (width, height, expected) in
            [(1, 1, (1, 1)), (1, 9, (1, 6)), (9, 1, (6, 1)), (2, 2, (2, 2)), (7, 7, (3, 3))]
        {
            let rgb = vec![9; (width * height * 3) as usize];
            let placeholder = Placeholder::of(width, height, &rgb);
            assert_eq!((usize::from(placeholder.columns), placeholder.rows()), expected);
            assert!(placeholder.colours.iter().all(|c| *c == [9; 3]), "{placeholder:?}");
        }
    }
}
