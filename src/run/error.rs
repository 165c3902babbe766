//! Why a run, or one series of it, has no answer.

use crate::project::ProjectError;
use crate::project::coherent::CoherentError;
use crate::run::Notice;
use crate::scenario::ScenarioError;
use crate::series::Place;

/// Why a run cannot begin, or why one of its series cannot be projected.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// No series has anything to project from.
    #[error("no series has revenue or a run-rate to project from")]
    NothingObserved {
        /// Which series were left out, and what else was noticed before.
        notices: Vec<Notice>,
    },
    /// Parts and wholes do not go together: all that is wrong.
    #[error("{}", joined(.0))]
    Families(Vec<CoherentError>),
    /// There are scenarios, and the method is not the growth model.
    #[error("scenarios need joint simulated paths, which only the method growth provides")]
    ScenariosNeedGrowth,
    /// Two scenarios have one name.
    #[error("two scenarios are named {name}")]
    SameScenario {
        /// The name.
        name: String,
    },
    /// A series cannot be projected.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// A series cannot be projected under a scenario.
    #[error(transparent)]
    Scenario(ScenarioError),
    /// A series is not projected because another of its family cannot be: they are projected together or not at all.
    #[error("{series} is projected together with {whole} and its parts, of which one cannot be projected")]
    Together {
        /// Name of the series.
        series: String,
        /// Name of the whole at the top of the family.
        whole: String,
    },
    /// The run was stopped by its caller; what came before this is whole.
    #[error("the run was cancelled")]
    Cancelled,
}

impl From<ScenarioError> for RunError {
    fn from(error: ScenarioError) -> Self {
        match error {
            ScenarioError::Project(error) => Self::Project(error),
            other => Self::Scenario(other),
        }
    }
}

fn joined(errors: &[CoherentError]) -> String {
    errors.iter().map(ToString::to_string).collect::<Vec<String>>().join("; ")
}

impl RunError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::NothingObserved { .. } => {
                "add a figure of kind revenue or run-rate; targets, contracts and events are never fitted".to_owned()
            }
            Self::Families(errors) => errors.first().map(|error| error.hint().to_owned()).unwrap_or_default(),
            Self::ScenariosNeedGrowth => "leave --method out".to_owned(),
            Self::SameScenario { .. } => "give each a name of its own".to_owned(),
            Self::Project(error) => error.hint().to_owned(),
            Self::Scenario(error) => error.hint(),
            Self::Together { .. } => "correct the other series, or project every series separately".to_owned(),
            Self::Cancelled => "run it again".to_owned(),
        }
    }

    /// The name of the series that has no answer, if it is one's.
    pub fn series(&self) -> Option<&str> {
        match self {
            Self::Project(error) | Self::Scenario(ScenarioError::Project(error)) => Some(error.series()),
            Self::Scenario(ScenarioError::Impossible { series, .. } | ScenarioError::TooFewDraws { series, .. })
            | Self::Together { series, .. } => Some(series),
            _ => None,
        }
    }

    /// Where the figure in question stood.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Families(errors) => errors.first().and_then(CoherentError::place),
            Self::Project(error) => error.place(),
            _ => None,
        }
    }

    /// What was noticed before the run could not begin.
    pub fn notices(&self) -> &[Notice] {
        if let Self::NothingObserved { notices } = self { notices } else { &[] }
    }
}
