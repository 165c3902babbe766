//! Why a chart cannot be drawn, and what to do about it.

use crate::calendar::Month;
use crate::money::Currency;

/// Why a chart cannot be drawn.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChartError {
    /// There is nothing to draw.
    #[error("there is no projection to draw")]
    Nothing,
    /// A projection was made without the run-rate of each month.
    #[error("the projection of {series} has no monthly path to draw")]
    NoPath {
        /// Name of the series.
        series: String,
    },
    /// Amounts of two currencies do not go on one axis.
    #[error("{first} and {second} cannot share an axis: draw a chart for each currency")]
    Currencies {
        /// One of the currencies.
        first: Currency,
        /// Another.
        second: Currency,
    },
    /// A logarithmic axis has no place for zero or less.
    #[error("a log scale cannot show the figure of {amount} in {series}; use the linear scale")]
    NotOnLog {
        /// Name of the series.
        series: String,
        /// The amount.
        amount: f64,
    },
    /// No scenarios, or more than there are colours for.
    #[error("a chart of scenarios shows one to four of them, not {count}")]
    Scenarios {
        /// How many were given.
        count: usize,
    },
    /// More methods than there are colours for.
    #[error("a chart of coverage shows at most four methods beside the naive forecasts, not {count}")]
    Methods {
        /// How many were given.
        count: usize,
    },
    /// The size asked for is out of range.
    #[error("a chart is 800 × 500 to 8000 × 8000 CSS pixels, not {width} × {height}")]
    Size {
        /// Width asked for.
        width: u32,
        /// Height asked for.
        height: u32,
    },
    /// The pixel ratio asked for is out of range.
    #[error("the pixel ratio is 1, 2 or 3, not {0}")]
    PixelRatio(u8),
    /// The chart would begin after the projection ends.
    #[error("the chart is to begin with {from}, and the projection covers {first} to {last}")]
    FromBeyond {
        /// The first month asked for.
        from: Month,
        /// The first month of the projection.
        first: Month,
        /// Its last month.
        last: Month,
    },
    /// A font file cannot be read.
    #[error("the font cannot be read: {0}")]
    Font(#[source] ttf_parser::FaceParsingError),
    /// The picture does not fit into memory.
    #[error("a picture of {width} × {height} pixels is too large")]
    TooLarge {
        /// Width in pixels.
        width: u32,
        /// Height in pixels.
        height: u32,
    },
    /// plotters could not draw.
    #[error("the chart cannot be drawn")]
    Drawing(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// The PNG could not be written.
    #[error("the PNG cannot be written")]
    Png(#[from] ::png::EncodingError),
}

impl ChartError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Nothing => "give figures of a series that can be projected",
            Self::NoPath { .. } => "make the projection with the run-rate of each month",
            Self::Currencies { .. } => "choose series of one currency with --series",
            Self::NotOnLog { .. } => "use --scale linear",
            Self::Scenarios { .. } => "draw several charts",
            Self::Methods { .. } => "choose up to four methods",
            Self::Size { .. } => "give --size WIDTHxHEIGHT in CSS pixels, such as 1600x900",
            Self::PixelRatio(_) => "use --pixel-ratio 1, 2 or 3",
            Self::FromBeyond { .. } => "give an earlier --from, or a later --until",
            Self::Font(_) => "give --font a TrueType or OpenType file, not a WOFF",
            Self::TooLarge { .. } => "use a smaller --size or --pixel-ratio",
            Self::Drawing(_) | Self::Png(_) => "please report this, with the figures",
        }
        .to_owned()
    }
}
