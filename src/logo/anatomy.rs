//! That a covered code can be read is reckoned codeword by codeword, and then tried on a reader.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail")]

use super::{Logo, cover, limit};
use crate::encode::{Correction, Encoder};
use crate::qr::{Drawing, QUIET_ZONE};
use std::collections::{BTreeMap, BTreeSet};

/// Codewords of correction in each block of a version (ISO/IEC 18004, table 9).
const CORRECTION: [(Correction, [usize; 40]); 3] = [
    (
        Correction::M,
        [
            10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28,
            28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
        ],
    ),
    (
        Correction::Q,
        [
            13, 22, 18, 26, 18, 24, 18, 22, 20, 24, 28, 26, 24, 20, 30, 24, 28, 28, 26, 30, 28, 30, 30, 30, 30, 28, 30,
            30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        ],
    ),
    (
        Correction::H,
        [
            17, 28, 22, 16, 22, 28, 26, 26, 24, 28, 24, 28, 22, 24, 24, 30, 28, 28, 26, 28, 30, 24, 30, 30, 30, 30, 30,
            30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30,
        ],
    ),
];

/// Blocks of a version, from the same table.
const BLOCKS: [(Correction, [usize; 40]); 3] = [
    (
        Correction::M,
        [
            1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29,
            31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
        ],
    ),
    (
        Correction::Q,
        [
            1, 1, 2, 2, 4, 4, 6, 6, 8, 8, 8, 10, 12, 16, 12, 17, 16, 18, 21, 20, 23, 23, 25, 27, 29, 34, 34, 35, 38,
            40, 43, 45, 48, 51, 53, 56, 59, 62, 65, 68,
        ],
    ),
    (
        Correction::H,
        [
            1, 1, 2, 4, 4, 4, 5, 6, 8, 8, 11, 11, 16, 16, 18, 16, 19, 21, 25, 25, 25, 34, 30, 32, 35, 37, 40, 42, 45,
            48, 51, 54, 57, 60, 63, 66, 70, 74, 77, 81,
        ],
    ),
];

fn of(table: &[(Correction, [usize; 40]); 3], level: Correction, version: usize) -> usize {
    table.iter().find(|(known, _)| *known == level).unwrap().1[version - 1]
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A finder with its separator and the format beside it, a timing line, or the version.
    Vital,
    /// An alignment pattern. Readers need the last one only, and it is far from the middle.
    Alignment,
    /// A bit of a codeword, by its place in the interleaved stream; bits beyond the last are filling.
    Codeword(usize),
}

/// Which module of a version is what.
struct Anatomy {
    size: usize,
    version: usize,
    parts: BTreeMap<(usize, usize), Part>,
    codewords: usize,
}

impl Anatomy {
    fn of(version: usize) -> Self {
        let size = 17 + 4 * version;
        let mut parts = BTreeMap::new();
        let mut fill = |left: usize, top: usize, width: usize, height: usize, part: Part| {
            for (x, y) in (left..left + width).flat_map(|x| (top..top + height).map(move |y| (x, y))) {
                parts.insert((x, y), part);
            }
        };
        let centres = centres(version);
        for (x, y) in centres.iter().flat_map(|x| centres.iter().map(move |y| (*x, *y))) {
            if ![(6, 6), (6, size - 7), (size - 7, 6)].contains(&(x, y)) {
                fill(x - 2, y - 2, 5, 5, Part::Alignment);
            }
        }
        fill(6, 0, 1, size, Part::Vital);
        fill(0, 6, size, 1, Part::Vital);
        fill(0, 0, 9, 9, Part::Vital);
        fill(size - 8, 0, 8, 9, Part::Vital);
        fill(0, size - 8, 9, 8, Part::Vital);
        if version >= 7 {
            fill(size - 11, 0, 3, 6, Part::Vital);
            fill(0, size - 11, 6, 3, Part::Vital);
        }
        let mut bits = 0;
        for right in (1..size).rev().step_by(2).map(|right| if right <= 6 { right - 1 } else { right }) {
            for row in 0..size {
                for x in [right, right - 1] {
                    let y = if (right + 1) & 2 == 0 { size - 1 - row } else { row };
                    parts.entry((x, y)).or_insert_with(|| {
                        bits += 1;
                        Part::Codeword((bits - 1) / 8)
                    });
                }
            }
        }
        Self { size, version, parts, codewords: bits / 8 }
    }

    fn middle(&self, side: usize) -> impl Iterator<Item = (usize, usize)> {
        let from = (self.size - side) / 2;
        (from..from + side).flat_map(move |x| (from..from + side).map(move |y| (x, y)))
    }

    /// The codewords that a square in the middle touches, by block; none where it touches what is vital.
    fn touched(&self, level: Correction, side: usize) -> Option<Vec<usize>> {
        let mut touched = BTreeSet::new();
        for place in self.middle(side) {
            match self.parts[&place] {
                Part::Vital => return None,
                Part::Codeword(codeword) if codeword < self.codewords => drop(touched.insert(codeword)),
                _ => {}
            }
        }
        let mut blocks = vec![0; of(&BLOCKS, level, self.version)];
        for codeword in touched {
            blocks[self.block(level, codeword)] += 1;
        }
        Some(blocks)
    }

    /// The block of a codeword of the interleaved stream.
    fn block(&self, level: Correction, codeword: usize) -> usize {
        let (blocks, correction) = (of(&BLOCKS, level, self.version), of(&CORRECTION, level, self.version));
        let data = self.codewords - blocks * correction;
        let (short, long) = (data / blocks, data % blocks);
        match codeword {
            word if word < short * blocks => word % blocks,
            // The last blocks hold one more.
            word if word < data => blocks - long + (word - short * blocks),
            word => (word - data) % blocks,
        }
    }

    /// Whether a square in the middle leaves at least as much correction as it uses up, in every block.
    fn bears(&self, level: Correction, side: usize) -> bool {
        let most = of(&CORRECTION, level, self.version) / 2 / 2;
        self.touched(level, side).is_some_and(|blocks| blocks.iter().all(|touched| *touched <= most))
    }
}

fn centres(version: usize) -> Vec<usize> {
    if version == 1 {
        return Vec::new();
    }
    let count = version / 7 + 2;
    let step = if version == 32 { 26 } else { (version * 4 + count * 2 + 1) / (count * 2 - 2) * 2 };
    let mut centres: Vec<usize> = (0..count - 1).map(|index| version * 4 + 10 - index * step).collect();
    centres.push(6);
    centres
}

/// The longest text that a version holds with this correction.
fn text(level: Correction, version: usize) -> String {
    let codewords = Anatomy::of(version).codewords;
    let data = codewords - of(&BLOCKS, level, version) * of(&CORRECTION, level, version);
    "weixin://wxpay/".chars().chain(std::iter::repeat('x')).take(data - if version < 10 { 2 } else { 3 }).collect()
}

#[test]
fn a_logo_of_the_largest_share_leaves_half_of_the_correction_in_every_block_of_every_version() {
    for version in 1..=40 {
        let anatomy = Anatomy::of(version);
        let side = cover(anatomy.size, Logo::MOST);
        assert!(anatomy.bears(Correction::H, side), "version {version}, {side} modules");
    }
    // Texts that H cannot hold come in these.
    for (level, versions) in [(Correction::Q, 35..=40), (Correction::M, 34..=40)] {
        for version in versions {
            let anatomy = Anatomy::of(version);
            let side = cover(anatomy.size, limit(level));
            assert!(anatomy.bears(level, side), "version {version} with {level:?}, {side} modules");
        }
    }
}

#[test]
fn one_module_more_on_each_side_would_be_too_much_somewhere() {
    let breaks = |level, versions: std::ops::RangeInclusive<usize>, share| {
        versions.map(Anatomy::of).any(|anatomy| !anatomy.bears(level, cover(anatomy.size, share)))
    };
    assert!(breaks(Correction::H, 1..=40, Logo::MOST + 0.001));
    assert!(breaks(Correction::M, 34..=40, limit(Correction::M) + 0.005));
}

#[test]
fn texts_too_long_for_the_best_correction_come_in_the_versions_that_were_reckoned() {
    for (length, sizes, share) in [(1273, 177..=177, 0.22), (1274, 157..=177, 0.22), (1664, 153..=177, 0.14)] {
        let drawing = drawn(&"x".repeat(length)).unwrap();
        assert!(sizes.contains(&drawing.size), "{length} bytes, {} modules", drawing.size);
        assert_eq!(drawing.covered.unwrap().side, cover(drawing.size, share), "{length} bytes");
    }
    assert!(drawn(&"x".repeat(2331)).is_ok());
}

fn drawn(text: &str) -> Result<Drawing, crate::qr::DrawingError> {
    Drawing::with_logo(text, Logo::MOST, Encoder::default())
}

/// A code as black and white, painted from its paths.
struct Canvas {
    outer: usize,
    dark: Vec<bool>,
}

impl Canvas {
    fn of(drawing: &Drawing, with_covered: bool) -> Self {
        let outer = drawing.outer();
        let mut canvas = Self { outer, dark: vec![false; outer * outer] };
        canvas.paint(&drawing.path);
        if with_covered {
            canvas.paint(&drawing.covered.as_ref().unwrap().path);
        }
        canvas
    }

    fn paint(&mut self, path: &str) {
        for run in path.split('z').filter(|run| !run.is_empty()) {
            let (x, rest) = run.strip_prefix('M').unwrap().split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let (length, _) = rest.split_once('v').unwrap();
            for step in 0..length.parse().unwrap() {
                *self.module((x.parse::<usize>().unwrap() + step, y.parse().unwrap())) = true;
            }
        }
    }

    fn module(&mut self, (x, y): (usize, usize)) -> &mut bool {
        &mut self.dark[(y + QUIET_ZONE) * self.outer + x + QUIET_ZONE]
    }

    fn read(&self) -> Option<String> {
        let side = self.outer * 3;
        let mut image =
            rqrr::PreparedImage::prepare_from_bitmap(side, side, |x, y| self.dark[y / 3 * self.outer + x / 3]);
        image.detect_grids().first()?.decode().ok().map(|(_, text)| text)
    }
}

#[test]
fn every_version_is_read_with_the_largest_logo_and_with_damage_beside_it() {
    for version in 1..=40 {
        let (anatomy, text) = (Anatomy::of(version), text(Correction::H, version));
        let drawing = drawn(&text).unwrap();
        assert_eq!(drawing.size, anatomy.size, "version {version} is full");
        let side = drawing.covered.as_ref().unwrap().side;
        assert_eq!(Canvas::of(&drawing, true).read().as_ref(), Some(&text), "version {version}, whole");
        let mut canvas = Canvas::of(&drawing, false);
        assert_eq!(canvas.read().as_ref(), Some(&text), "version {version}, {side} modules cleared");

        // The worst picture that can lie there: each module is the opposite of what it was.
        canvas = Canvas::of(&drawing, true);
        for place in anatomy.middle(side) {
            let module = canvas.module(place);
            *module = !*module;
        }
        // And as many codewords damaged beside it as the correction is sure to have left, in every block.
        let spoilt = of(&CORRECTION, Correction::H, version) / 2 / 2;
        let covered: Vec<Part> = anatomy.middle(side).map(|place| anatomy.parts[&place]).collect();
        let mut left = vec![spoilt; of(&BLOCKS, Correction::H, version)];
        let mut spoilt: BTreeSet<usize> = BTreeSet::new();
        for (place, part) in &anatomy.parts {
            let Part::Codeword(codeword) = *part else { continue };
            if codeword >= anatomy.codewords || covered.contains(part) {
                continue;
            }
            let left = &mut left[anatomy.block(Correction::H, codeword)];
            if spoilt.contains(&codeword) || *left > 0 {
                if spoilt.insert(codeword) {
                    *left -= 1;
                }
                let module = canvas.module(*place);
                *module = !*module;
            }
        }
        assert_eq!(canvas.read().as_ref(), Some(&text), "version {version}, damaged");
    }
}

#[test]
fn the_tables_are_those_of_the_codes_that_are_drawn() {
    for version in 1..=40 {
        for level in [Correction::M, Correction::Q, Correction::H] {
            let Encoder(encode) = Encoder::default();
            let fits =
                |text: &str| encode(text, level, false).is_some_and(|code| code.side() <= Anatomy::of(version).size);
            let longest = text(level, version);
            assert!(fits(&longest) && !fits(&[&longest, "x"].concat()), "version {version} with {level:?}");
        }
    }
}
