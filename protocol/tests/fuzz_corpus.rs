//! A short run of what `cargo fuzz` runs for long: each target over its corpus, and over what is near it.

#![cfg(feature = "sign")]
#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing)]

#[path = "../../fuzz/targets.rs"]
mod targets;

use std::path::Path;

/// Mutations of each file of a corpus.
const NEAR: u64 = 2000;
/// Bytes that mean something to one of the targets.
const SPICE: &[u8] = b"{}[]\":,\\0129e+-tn\t\n/=; ";

fn run(name: &str, target: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz/corpus").join(name);
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    // What a fuzzer leaves behind is called by its hash; only what was kept by hand has a name.
    files.retain(|file| file.file_name().is_some_and(|name| name.len() != 40));
    files.sort();
    assert!(files.len() >= 2, "a corpus in {}", folder.display());
    let mut seed = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed
    };
    for file in files {
        let bytes = std::fs::read(file).unwrap();
        target(&bytes);
        for _ in 0..NEAR {
            let mut near = bytes.clone();
            for _ in 0..=next() % 4 {
                let at = (next() % (near.len() as u64 + 1)) as usize;
                match next() % 4 {
                    0 if at < near.len() => near[at] = next() as u8,
                    1 if at < near.len() => drop(near.remove(at)),
                    2 => near.truncate(at),
                    _ => near.insert(at, SPICE[next() as usize % SPICE.len()]),
                }
            }
            target(&near);
        }
    }
}

#[test]
fn documents_are_read_or_refused() {
    run("document", targets::document);
}

#[test]
fn display_data_gives_a_code_or_a_reason() {
    run("display_data", targets::display_data);
}

#[test]
fn pictures_are_believed_for_their_bytes() {
    run("image", targets::image);
}

#[test]
fn what_is_signed_verifies() {
    run("signature", targets::signature);
}

#[test]
fn dates_are_read_or_not() {
    run("date", targets::date);
}
