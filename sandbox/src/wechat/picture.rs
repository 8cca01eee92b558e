//! A code as a picture.

use qrcode::{Color, EcLevel, QrCode};

/// Pixels a module is wide and high.
const SCALE: usize = 10;
/// Modules of white around the code, as the standard demands.
const QUIET: usize = 4;

/// Draws a text as a black-and-white PNG.
pub(crate) fn png(text: &str) -> Option<Vec<u8>> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let (modules, width) = (code.to_colors(), code.width());
    let side = (width + 2 * QUIET) * SCALE;
    let dark = |x: usize, y: usize| {
        let (column, row) = ((x / SCALE).checked_sub(QUIET)?, (y / SCALE).checked_sub(QUIET)?);
        let inside = column < width && row < width;
        modules.get(row * width + column).map(|color| inside && *color == Color::Dark)
    };
    // One bit a pixel, eight pixels a byte, each row beginning a new byte; a set bit is white.
    let mut bits = Vec::with_capacity(side.div_ceil(8) * side);
    for y in 0..side {
        for start in (0..side).step_by(8) {
            let pixels = start..start + 8;
            bits.push(pixels.fold(0_u8, |byte, x| (byte << 1) | u8::from(!dark(x, y).unwrap_or(false))));
        }
    }
    let side = u32::try_from(side).ok()?;
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, side, side);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&bits).ok()?;
    writer.finish().ok()?;
    Some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_read_back_by_a_reader_that_does_not_know_how_it_was_drawn() {
        let text = "weixin://wxpay/bizpayurl?pr=dMrSpJGx1";
        let file = png(text).unwrap();
        let mut decoder = png::Decoder::new(std::io::Cursor::new(file));
        decoder.set_transformations(png::Transformations::EXPAND);
        let mut reader = decoder.read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        let info = reader.next_frame(&mut pixels).unwrap();
        let (width, height) = (info.width as usize, info.height as usize);
        assert_eq!((width % 10, width), (0, height));
        let quiet = &pixels[..width * 40];
        assert!(quiet.iter().all(|pixel| *pixel == 255), "four modules of white above");
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| pixels[y * width + x]);
        assert_eq!(image.detect_grids()[0].decode().unwrap().1, text);
    }

    #[test]
    fn a_text_that_fits_no_code_has_no_picture() {
        assert_eq!(png(&"x".repeat(3000)), None);
    }
}
