//! `read-codes FILE…`: what `rqrr` reads in each PNG, one line each: the text, or nothing.

use std::error::Error;
use std::fs::File;
use std::io::BufReader;
use std::process::ExitCode;

fn main() -> ExitCode {
    for path in std::env::args().skip(1) {
        match read(&path) {
            Ok(text) => println!("{}", text.unwrap_or_default()),
            Err(error) => {
                eprintln!("{path}: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

fn read(path: &str) -> Result<Option<String>, Box<dyn Error>> {
    let mut decoder = png::Decoder::new(BufReader::new(File::open(path)?));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info()?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("a picture too large")?];
    let info = reader.next_frame(&mut pixels)?;
    let (width, height) = (info.width as usize, info.height as usize);
    let samples = info.color_type.samples();
    let grey = |x: usize, y: usize| {
        let at = (y * width + x) * samples;
        let colours = if samples < 3 { 1 } else { 3 };
        let sum: usize = pixels.iter().skip(at).take(colours).map(|sample| usize::from(*sample)).sum();
        (sum / colours) as u8
    };
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, grey);
    Ok(picture.detect_grids().iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text))
}
