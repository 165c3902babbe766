//! Which notices are warnings, where each holds first, and for how much.

use crate::read::report::notice::{Extent, Notice};
use crate::series::Place;

/// The notices that hold for figures of one series or of several, with their extent.
macro_rules! of_extent {
    ($extent:ident) => {
        Notice::LengthInferred { $extent, .. }
            | Notice::NearestMonthEnd { $extent, .. }
            | Notice::RunRateOfDay { $extent, .. }
            | Notice::RunRateOfPeriod { $extent, .. }
            | Notice::TargetOfYear { $extent, .. }
            | Notice::NamedByMonth { $extent, .. }
            | Notice::OddSpan { $extent, .. }
            | Notice::YearFrom { $extent, .. }
            | Notice::AddedUp { $extent, .. }
            | Notice::PartialMonths { $extent, .. }
            | Notice::Doubtful { $extent, .. }
            | Notice::SinglePeriods { $extent, .. }
            | Notice::LongerPeriod { $extent, .. }
            | Notice::ZeroMonths { $extent, .. }
            | Notice::ZerosLeftOut { $extent, .. }
            | Notice::LastLeftOut { $extent, .. }
            | Notice::Excluded { $extent, .. }
            | Notice::RunningTotal { $extent, .. }
            | Notice::NotKnownWhen { $extent, .. }
            | Notice::FourthQuarter { $extent, .. }
            | Notice::Together { $extent, .. }
            | Notice::LastReadings { $extent, .. }
            | Notice::MonthlyRate { $extent, .. }
            | Notice::CurrencyAssumed { $extent, .. }
            | Notice::CurrencyOfOthers { $extent, .. }
    };
}

impl Notice {
    /// The extent, to be widened as more figures are met.
    pub(in crate::read) fn extent_mut(&mut self) -> Option<&mut Extent> {
        match self {
            of_extent!(extent) => Some(extent),
            _ => None,
        }
    }

    /// Whether a user should hear of it unasked, because it may be wrong or leaves something out; the rest is how plain cells
    /// are always read.
    pub fn is_warning(&self) -> bool {
        match self {
            Self::Windows { .. }
            | Self::LengthInferred { sure: false, .. }
            | Self::NamedByMonth { .. }
            | Self::OddSpan { .. }
            | Self::YearFrom { .. }
            | Self::DecimalMarkAssumed { .. }
            | Self::SeriesColumn { .. }
            | Self::SmallestUnit { .. }
            | Self::OtherSheets { .. }
            | Self::LeftOut { .. }
            | Self::SetApart { .. }
            | Self::PartialMonths { .. }
            | Self::NotKnownWhen { .. }
            | Self::SecondTable { .. }
            | Self::Together { .. }
            | Self::TableBeside { .. }
            | Self::LastReadings { .. }
            | Self::MonthlyRate { .. }
            | Self::MayIncludeLevy { .. }
            | Self::AnnualRates { .. }
            | Self::Doubtful { .. }
            | Self::LongerPeriod { .. }
            | Self::RunningTotal { .. }
            | Self::NoValue { .. }
            | Self::Dashes { .. }
            | Self::MarksPassedOver { .. }
            | Self::TwoYearLabels { end_is_known: false, .. }
            | Self::RoundedSpans { .. }
            | Self::FiscalYearOpen { two_years: true, .. }
            | Self::Provisional { sure: false, .. }
            | Self::BasisNotUsed { .. } => true,
            Self::SinglePeriods { by_option, .. } | Self::ZerosLeftOut { by_option, .. } => !by_option,
            Self::NearestMonthEnd { .. }
            | Self::LengthInferred { sure: true, .. }
            | Self::ZeroMonths { .. }
            | Self::LastLeftOut { .. }
            | Self::Excluded { .. }
            | Self::AddedUp { .. }
            | Self::FourthQuarter { .. }
            | Self::TwoYearLabels { end_is_known: true, .. }
            | Self::FiscalYearEnd { .. }
            | Self::PartsOfYears { .. }
            | Self::BuddhistEra { .. }
            | Self::FiscalYearOpen { two_years: false, .. }
            | Self::Provisional { sure: true, .. }
            | Self::SerialDates { .. }
            | Self::RunRateOfDay { .. }
            | Self::RunRateOfPeriod { .. }
            | Self::TargetOfYear { .. }
            | Self::CurrencyAssumed { .. }
            | Self::CurrencyOfOthers { .. }
            | Self::UnitOfRemark { .. }
            | Self::DateOrderInferred { .. } => false,
        }
    }

    /// Where it first holds.
    pub fn place(&self) -> &Place {
        match self {
            Self::Windows { place, .. }
            | Self::DecimalMarkAssumed { place, .. }
            | Self::DateOrderInferred { place, .. }
            | Self::NoValue { place, .. }
            | Self::Dashes { place, .. }
            | Self::MarksPassedOver { place, .. }
            | Self::UnitOfRemark { place, .. }
            | Self::AnnualRates { place, .. }
            | Self::MayIncludeLevy { place, .. }
            | Self::LeftOut { place, .. }
            | Self::SeriesColumn { place, .. }
            | Self::SmallestUnit { place, .. }
            | Self::OtherSheets { place, .. }
            | Self::SetApart { place, .. }
            | Self::SerialDates { place, .. }
            | Self::SecondTable { place, .. }
            | Self::TableBeside { place, .. }
            | Self::TwoYearLabels { place, .. }
            | Self::FiscalYearEnd { place, .. }
            | Self::PartsOfYears { place, .. }
            | Self::FiscalYearOpen { place, .. }
            | Self::BuddhistEra { place, .. }
            | Self::RoundedSpans { place, .. }
            | Self::Provisional { place, .. }
            | Self::BasisNotUsed { place, .. } => place,
            of_extent!(extent) => &extent.place,
        }
    }
}
