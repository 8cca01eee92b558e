//! The hosted Payment Page.

mod confirming;
mod files;
mod opening;
mod outcome;
mod page;
