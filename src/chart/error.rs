//! Why a chart cannot be drawn, and what to do about it.

use crate::calendar::{Month, Step};
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
    /// Columns stand on zero.
    #[error("columns start at zero, which a log scale does not have")]
    ColumnsOnLog,
    /// Nothing is projected for whole periods of the columns' length.
    #[error("{series} has no projected {step} to draw as a column")]
    NoColumns {
        /// Name of the series.
        series: String,
        /// Length of the columns' periods.
        step: Step,
    },
    /// There is no reported year before the projected one to start from.
    #[error("{series} has no reported year right before a projected one, for every part")]
    NoYearBefore {
        /// Name of the whole.
        series: String,
    },
    /// A kind of chart that shows the parts of a whole has none.
    #[error("none of the series is a part of another, and this kind of chart shows the parts of a whole")]
    NoParts,
    /// A table would be as large as the picture.
    #[error("there is no table under this kind of chart, or under more than four series")]
    NoTable,
    /// A comparison of one series, or of more than there are colours for.
    #[error("a comparison shows two to four series, not {count}")]
    Compared {
        /// How many were given.
        count: usize,
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
    #[error("a chart is 360 × 300 to 8000 × 8000 CSS pixels, not {width} × {height}")]
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
            Self::Currencies { .. } => "choose series of one currency with --series, or draw indices with --as indexed",
            Self::NotOnLog { .. } => "use --scale linear",
            Self::ColumnsOnLog => "use --scale linear, or --as fan",
            Self::NoColumns { .. } => "ask for a later --until, or use --as fan",
            Self::NoYearBefore { .. } => "give the figures of a whole year, or use --as stacked",
            Self::NoParts => "give a parent column, --segments with a whole, or another --as",
            Self::NoTable => "leave --table out, choose up to four series, or use --as bars",
            Self::Compared { .. } => "choose two to four with --series, or use --as multiples",
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
