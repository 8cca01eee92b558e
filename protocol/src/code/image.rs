//! A picture of a code, believed for its bytes and never for its label.

use super::{Reason, base64, text::starts_with_ignoring_case};
use std::fmt;

/// The most bytes a picture of a code may have.
pub(super) const MAX_IMAGE_BYTES: usize = 512 * 1024;
/// The most pixels a side.
const MAX_SIDE: u32 = 4096;

/// The picture formats that are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageFormat {
    /// Portable Network Graphics.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// WebP.
    Webp,
}

impl ImageFormat {
    /// The media type, such as `image/png`.
    pub fn media_type(&self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Gif => "image/gif",
            Self::Webp => "image/webp",
        }
    }
}

/// A picture whose format and size were read off its own bytes.
#[derive(Clone, PartialEq, Eq)]
pub struct CodeImage {
    /// What the first bytes say.
    pub format: ImageFormat,
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// The file.
    pub bytes: Vec<u8>,
}

impl fmt::Debug for CodeImage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CodeImage")
            .field("format", &self.format)
            .field("width", &self.width)
            .field("height", &self.height)
            .finish_non_exhaustive()
    }
}

impl CodeImage {
    /// Reads bare Base64, or a data URI of an image type (also the `data:image//png` that some methods send).
    pub fn read(data: &str) -> Result<Self, Reason> {
        let encoded = if starts_with_ignoring_case(data, "data:") { data_uri_body(data)? } else { data };
        if encoded.is_empty() {
            return Err(Reason::Empty);
        }
        // Longer than the limit even with generous white space inside.
        if encoded.len() > MAX_IMAGE_BYTES * 2 {
            return Err(Reason::ImageTooLarge);
        }
        let bytes = match base64::decode(encoded, MAX_IMAGE_BYTES) {
            Some(bytes) => bytes,
            None if encoded.len() / 4 * 3 > MAX_IMAGE_BYTES => return Err(Reason::ImageTooLarge),
            None => return Err(Reason::Encoding),
        };
        Self::from_bytes(bytes)
    }

    /// Takes a file whose first bytes are those of a known format and whose size is sensible.
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, Reason> {
        if bytes.len() > MAX_IMAGE_BYTES {
            return Err(Reason::ImageTooLarge);
        }
        let format = sniff(&bytes).ok_or(Reason::ImageFormat)?;
        let (width, height) = dimensions(format, &bytes).ok_or(Reason::ImageFormat)?;
        if width == 0 || height == 0 || width > MAX_SIDE || height > MAX_SIDE {
            return Err(Reason::ImageDimensions);
        }
        Ok(Self { format, width, height, bytes })
    }
}

pub(super) fn is_data_uri(data: &str) -> bool {
    starts_with_ignoring_case(data, "data:image")
}

fn data_uri_body(data: &str) -> Result<&str, Reason> {
    let (head, body) = data.split_once(',').ok_or(Reason::Encoding)?;
    if !is_data_uri(head) {
        return Err(Reason::ImageFormat);
    }
    if !head.to_ascii_lowercase().trim_end().ends_with(";base64") {
        return Err(Reason::Encoding);
    }
    Ok(body)
}

fn sniff(bytes: &[u8]) -> Option<ImageFormat> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(ImageFormat::Png)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some(ImageFormat::Jpeg)
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        Some(ImageFormat::Gif)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(ImageFormat::Webp)
    } else {
        None
    }
}

fn dimensions(format: ImageFormat, bytes: &[u8]) -> Option<(u32, u32)> {
    match format {
        ImageFormat::Png if bytes.get(12..16) == Some(b"IHDR") => Some((be32(bytes, 16)?, be32(bytes, 20)?)),
        ImageFormat::Png => None,
        ImageFormat::Gif => Some((le16(bytes, 6)?, le16(bytes, 8)?)),
        ImageFormat::Jpeg => jpeg_dimensions(bytes),
        ImageFormat::Webp => match bytes.get(12..16)? {
            b"VP8 " => Some((le16(bytes, 26)? & 0x3fff, le16(bytes, 28)? & 0x3fff)),
            b"VP8L" => {
                let bits = le16(bytes, 21)? | (le16(bytes, 23)? << 16);
                Some(((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1))
            }
            b"VP8X" => Some((le24(bytes, 24)? + 1, le24(bytes, 27)? + 1)),
            _ => None,
        },
    }
}

/// Walks the segments of a JPEG up to its frame header.
fn jpeg_dimensions(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        if bytes.get(at) != Some(&0xff) {
            return None;
        }
        match *bytes.get(at + 1)? {
            0xff => at += 1,
            0xc0..=0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                return Some((be16(bytes, at + 7)?, be16(bytes, at + 5)?));
            }
            0x01 | 0xd0..=0xd8 => at += 2,
            0xd9 | 0xda => return None,
            _ => at += 2 + (be16(bytes, at + 2)?.max(2)) as usize,
        }
    }
}

fn be16(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|pair| u32::from(u16::from_be_bytes(*pair)))
}

fn le16(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|pair| u32::from(u16::from_le_bytes(*pair)))
}

fn le24(bytes: &[u8], at: usize) -> Option<u32> {
    let [a, b, c]: &[u8; 3] = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes([*a, *b, *c, 0]))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_be_bytes(*four))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNiAAAABgADNjd8qAAAAABJRU5ErkJggg==";
    const GIF: &str = "R0lGODlhAgADAIAAAAAAAP///yH5BAAAAAAALAAAAAACAAMAAAICRF4AOw==";

    fn size(data: &str) -> Result<(ImageFormat, u32, u32), Reason> {
        CodeImage::read(data).map(|image| (image.format, image.width, image.height))
    }

    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes
    }

    #[test]
    fn bare_base64_and_data_uris_are_read() {
        assert_eq!(size(PNG), Ok((ImageFormat::Png, 1, 1)));
        assert_eq!(size(GIF), Ok((ImageFormat::Gif, 2, 3)));
        for head in ["data:image/png;base64,", "data:image//png;base64,", "DATA:image/jpeg;charset=x;BASE64,"] {
            assert_eq!(size(&[head, PNG].concat()), Ok((ImageFormat::Png, 1, 1)), "{head}");
        }
        let (start, end) = PNG.split_at(20);
        assert_eq!(size(&[start, "\r\n ", end].concat()), Ok((ImageFormat::Png, 1, 1)));
    }

    #[test]
    fn jpeg_and_webp_tell_their_size() {
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xff\xc0\0\x11\x08\0\x20\0\x10".to_vec();
        assert_eq!(CodeImage::from_bytes(jpeg).map(|i| (i.width, i.height)), Ok((16, 32)));
        let webp = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x63\0\0\xc7\0\0".to_vec();
        assert_eq!(CodeImage::from_bytes(webp).map(|i| (i.width, i.height)), Ok((100, 200)));
    }

    #[test]
    fn what_is_no_picture_is_refused_with_its_reason() {
        for (data, reason) in [
            ("", Reason::Empty),
            ("data:image/png;base64,", Reason::Empty),
            ("%%%", Reason::Encoding),
            ("data:image/png,abc", Reason::Encoding),
            ("data:text/html;base64,PHNjcmlwdD4=", Reason::ImageFormat),
            ("data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=", Reason::ImageFormat),
            ("PHN2Zz48c2NyaXB0Lz48L3N2Zz4=", Reason::ImageFormat),
            ("iVBORw0KGgo=", Reason::ImageFormat),
        ] {
            assert_eq!(size(data), Err(reason), "{data}");
        }
    }

    #[test]
    fn pictures_without_size_or_of_absurd_size_are_refused() {
        for (width, height) in [(0, 10), (10, 0), (20_000, 20_000), (u32::MAX, 1)] {
            assert_eq!(CodeImage::from_bytes(png_of(width, height)), Err(Reason::ImageDimensions));
        }
        assert!(CodeImage::from_bytes(png_of(4096, 4096)).is_ok());
        assert_eq!(CodeImage::read(&"A".repeat(MAX_IMAGE_BYTES * 2)), Err(Reason::ImageTooLarge));
    }
}
