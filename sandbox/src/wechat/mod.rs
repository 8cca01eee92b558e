//! What WeChat contributes: the code, and a picture of it.

mod code;
mod display;
mod picture;

pub(crate) use code::{WechatCode, token_of};
pub(crate) use display::display_data;
pub(crate) use picture::png;
