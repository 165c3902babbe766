//! What there is to say of each standard method in the terminal; `docs/methods.md` has it in full.

use serde::Serialize;

use super::standard::Standard;

/// What there is to say of a method in the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// What it does, in one sentence.
    pub does: &'static str,
    /// What it needs.
    pub needs: &'static str,
    /// Where it fails.
    pub limits: &'static str,
    /// Where it is described.
    pub reference: &'static str,
}

impl Standard {
    /// What there is to say of it.
    pub fn explanation(self) -> Explanation {
        match self {
            Self::Ets => Explanation {
                does: "Level, trend and season by exponential smoothing: fifteen models, and two of constant growth where the \
                       figures are all but exact, averaged by their Akaike weights.",
                needs: "Regular totals; two seasons and three figures to see a season.",
                limits: "A trend goes on as a line; a change of course is followed only after it has shown.",
                reference: "Hyndman, Koehler, Snyder and Grose, International Journal of Forecasting 18 (2002).",
            },
            Self::Theta => Explanation {
                does: "A smoothed level plus a share of the straight line through the figures so far, that share optimised or a \
                       half: the two dynamic models, averaged by their Akaike weights.",
                needs: "Regular totals, four at least; with fewer it is the drift of years, else the last figure.",
                limits: "Falls behind fast growth; the season is held fixed.",
                reference: "Fiorucci, Pellegrini, Louzada, Petropoulos and Koehler, International Journal of Forecasting 32 (2016).",
            },
            Self::StandardTheta => Explanation {
                does: "A smoothed level plus half of the straight line through all figures: the method that won the M3 competition.",
                needs: "Regular totals, four at least; with fewer it is the drift of years, else the last figure.",
                limits: "Falls behind fast growth; old figures bend the line like new ones; the season is held fixed.",
                reference: "Assimakopoulos and Nikolopoulos, International Journal of Forecasting 16 (2000).",
            },
            Self::Arima => Explanation {
                does: "Differences the figures until neither trend nor season is left, then weighs past values and past errors: the \
                       models of a stepwise search, averaged by their Akaike weights.",
                needs: "Regular totals, four at least; with fewer it is the drift of years, else the last figure. Two seasons and three figures to see a season.",
                limits: "A jump in the level is carried on; the terms of short series are hard to tell apart.",
                reference: "Hyndman and Khandakar, Journal of Statistical Software 27(3) (2008).",
            },
            Self::Combine => Explanation {
                does: "The mean of ets and theta.",
                needs: "Regular totals.",
                limits: "Those of its parts, mostly less.",
                reference: "Petropoulos and Svetunkov, International Journal of Forecasting 36 (2020), for the idea.",
            },
            Self::Naive => Explanation {
                does: "The last figure goes on.",
                needs: "One total.",
                limits: "Knows no trend and no season: the measure that others have to beat.",
                reference: "Hyndman and Athanasopoulos, Forecasting: Principles and Practice (3rd ed., 2021), 5.2.",
            },
            Self::SeasonalNaive => Explanation {
                does: "The figure of the same month or quarter of last year goes on.",
                needs: "More than one year of regular totals; with less it is the naive forecast.",
                limits: "Knows no trend.",
                reference: "Hyndman and Athanasopoulos, Forecasting: Principles and Practice (3rd ed., 2021), 5.2.",
            },
            Self::Drift => Explanation {
                does: "The last figure goes on, changed each period by the mean change so far.",
                needs: "Two totals; with one it is the naive forecast.",
                limits: "Knows no season; rests on the first and the last figure alone.",
                reference: "Hyndman and Athanasopoulos, Forecasting: Principles and Practice (3rd ed., 2021), 5.2.",
            },
            Self::Linear => Explanation {
                does: "The straight line through all figures goes on; what is left of the last error wears off.",
                needs: "Regular totals, three and more to know its spread.",
                limits: "The same amount each period for ever; old figures count like new ones.",
                reference: "Seber and Lee, Linear Regression Analysis (2nd ed., 2003), 6.1.",
            },
            Self::Exponential => Explanation {
                does: "Constant growth: the straight line through the logarithms of all figures, whose slope is the CAGR of the fit.",
                needs: "Regular totals above zero, three and more to know its spread; with zeros it is the line.",
                limits: "No growth stays constant: far ahead it is too high for whatever grows fast.",
                reference: "Seber and Lee, Linear Regression Analysis (2nd ed., 2003), 6.1.",
            },
            Self::Logistic => Explanation {
                does: "Growth to a ceiling, K / (1 + exp(-c (t - t0))), by least squares of the logarithms.",
                needs: "Six regular totals that rise, and for the ceiling a midpoint that has passed; else it is constant growth, \
                        or a mean over many ceilings.",
                limits: "The ceiling is not known before growth slows, and then it stays: new markets are not foreseen.",
                reference: "Meade and Islam, International Journal of Forecasting 22 (2006).",
            },
            Self::Gompertz => Explanation {
                does: "Growth to a ceiling, K exp(-exp(-c (t - t0))), which slows from early on, by least squares of the logarithms.",
                needs: "Six regular totals that rise, and for the ceiling growth that slows; else it is constant growth, or a mean \
                        over many ceilings.",
                limits: "The ceiling is not known before growth slows, and then it stays: new markets are not foreseen.",
                reference: "Meade and Islam, International Journal of Forecasting 22 (2006).",
            },
            Self::Bass => Explanation {
                does: "Adoption of something new by innovators (p) and imitators (q) out of a market of fixed size, by least squares.",
                needs: "Six totals of first purchases, the first of them that of the launch.",
                limits: "Means little for revenue that is paid again each year; after the peak, sales fall to nothing.",
                reference: "Bass, Management Science 15 (1969); Srinivasan and Mason, Marketing Science 5 (1986).",
            },
        }
    }
}
