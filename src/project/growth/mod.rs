//! growth

/// What the growth model found.
#[derive(Clone, Debug, PartialEq)]
pub struct Details {
    /// Posterior weight of each reference class, in the order of the model's classes.
    pub classes: Vec<ClassWeight>,
}

/// The posterior weight of a reference class.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassWeight {
    /// Name of the class.
    pub name: &'static str,
    /// What companies of the class are like.
    pub says: &'static str,
    /// Weight, 0 to 1; the weights of all classes add up to 1.
    pub weight: f64,
}
