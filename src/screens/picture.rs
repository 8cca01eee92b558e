//! Pictures of codes that came from outside: painted from their bytes, or watched while they load.

use crate::markup::{Element, Markup};
use crate::promise::settle;
use crate::window::window;
use gloo_timers::callback::Timeout;
use js_sys::{Array, Promise, Uint8Array};
use protocol::code::CodeImage;
use protocol::digits;
use session::Input;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap};

/// The longest side in CSS pixels. It leaves four modules of white plate around a picture without any.
const SIDE: f64 = 216.0;
/// A picture that has not come by then will not come.
const PATIENCE_MS: u32 = 10_000;

/// Paints the picture onto the canvas, or says that it cannot be. A canvas that has left the page meanwhile is
/// nobody's business any more.
///
/// Decoded from bytes rather than given to an `img`, because that works where `img-src` allows no `data:`.
pub(super) fn paint(canvas: Markup, image: CodeImage) -> Markup {
    canvas.drawn(move |hand, canvas| {
        let canvas = canvas.dyn_ref::<HtmlCanvasElement>()?.clone();
        let hand = hand.clone();
        let decoded = decode(&image).unwrap_or_else(|error| Promise::reject(&error));
        settle(&decoded, move |bitmap| {
            let painted = bitmap.and_then(|bitmap| draw(&canvas, bitmap.unchecked_ref()));
            if painted.is_err() && canvas.is_connected() {
                hand.act(Input::CodeFailed);
            }
        });
        None
    })
}

fn decode(image: &CodeImage) -> Result<Promise, JsValue> {
    let options = BlobPropertyBag::new();
    options.set_type(image.format.media_type());
    let parts = Array::of1(&Uint8Array::from(image.bytes.as_slice()));
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options)?;
    Ok(window().create_image_bitmap_with_blob(&blob)?.unchecked_into())
}

fn draw(canvas: &HtmlCanvasElement, bitmap: &ImageBitmap) -> Result<(), JsValue> {
    let density = window().device_pixel_ratio();
    let scale = Scale::fit(bitmap.width(), bitmap.height(), density);
    canvas.set_width(scale.width);
    canvas.set_height(scale.height);
    let pen: CanvasRenderingContext2d = canvas.get_context("2d")?.ok_or(JsValue::NULL)?.dyn_into()?;
    // A transparent picture lies on white, whatever its transparent pixels hold.
    pen.set_fill_style_str("#fff");
    pen.fill_rect(0.0, 0.0, scale.width.into(), scale.height.into());
    pen.set_image_smoothing_enabled(false);
    pen.draw_image_with_image_bitmap_and_dw_and_dh(bitmap, 0.0, 0.0, scale.width.into(), scale.height.into())?;
    bitmap.close();
    let style = canvas.style();
    style.set_property("inline-size", &css(scale.shown_width))?;
    style.set_property("block-size", &css(scale.shown_height))?;
    canvas.set_attribute("data-loaded", "")
}

/// How large a picture is painted, in device pixels, and shown, in CSS pixels.
struct Scale {
    width: u32,
    height: u32,
    shown_width: f64,
    shown_height: f64,
}

impl Scale {
    fn fit(width: u32, height: u32, density: f64) -> Self {
        let density = if density.is_finite() && density > 0.0 { density } else { 1.0 };
        let (wide, high) = (f64::from(width.max(1)), f64::from(height.max(1)));
        let factor = SIDE * density / wide.max(high);
        if factor < 1.0 {
            // Painted as it is, so that the browser shrinks it once, to whatever room there is.
            let factor = SIDE / wide.max(high);
            let (shown_width, shown_height) = (wide * factor, high * factor);
            return Self { width: width.max(1), height: height.max(1), shown_width, shown_height };
        }
        let side = |pixels: f64| (pixels * factor.floor()).max(1.0);
        let (wide, high) = (side(wide), side(high));
        let (shown_width, shown_height) = (wide / density, high / density);
        Self { width: wide as u32, height: high as u32, shown_width, shown_height }
    }
}

fn css(pixels: f64) -> String {
    // In thousandths, because writing a fraction would bring the code for it into the download.
    ["calc(", &digits((pixels * 1000.0).round() as u64), "px / 1000)"].concat()
}

/// Shows the picture when it has come.
pub(super) fn reveal(image: Markup) -> Markup {
    image.on("load", |_, event| {
        if let Some(image) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) {
            let _ = image.set_attribute("data-loaded", "");
        }
    })
}

/// Shows the picture when it has come, and says so when it has not come in time.
pub(super) fn watch(image: Markup) -> Markup {
    reveal(image).drawn(|hand, image| {
        let (hand, image) = (hand.clone(), image.clone());
        let late = move || {
            if !image.has_attribute("data-loaded") {
                // Hung up, or the same picture, wanted again, would wait for the answer that does not come.
                let _ = image.remove_attribute("src");
                hand.act(Input::CodeFailed);
            }
        };
        Some(Box::new(Timeout::new(PATIENCE_MS, late)))
    })
}
