//! Time as the machine sees it.

use std::ops::{Add, Sub};

/// Milliseconds: a span, or a point on a monotonic clock whose origin means nothing.
///
/// Sums and differences saturate: a time-out in the far future is still a time-out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(pub u64);

impl Millis {
    /// So many seconds.
    pub const fn from_secs(seconds: u64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// So many minutes.
    pub const fn from_mins(minutes: u64) -> Self {
        Self::from_secs(minutes.saturating_mul(60))
    }

    /// A span given in fractional seconds; nothing below zero or without a value.
    pub fn from_secs_f64(seconds: f64) -> Self {
        // `as` saturates: NaN and negatives become 0, the absurd becomes the largest.
        Self((seconds * 1000.0) as u64)
    }

    /// The first of two points in time, where there are any.
    pub fn earliest(one: Option<Self>, other: Option<Self>) -> Option<Self> {
        match (one, other) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        }
    }

    /// The span times `factor`.
    pub fn scaled(self, factor: f64) -> Self {
        Self((self.0 as f64 * factor) as u64)
    }
}

impl Add for Millis {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Millis {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}
