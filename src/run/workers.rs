//! Where the work of a run is done, how far it is, and how it is stopped: all given by the caller.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// Threads that share out the series of a run.
///
/// The results are the same whatever the workers: they differ in time alone. [`Parallel`] uses every core, [`OneThread`] none but
/// the caller's; a program with threads of its own can hand them over by implementing this trait.
///
/// ```
/// use topline::run::Workers;
///
/// /// Two threads of our own.
/// struct Two;
///
/// impl Workers for Two {
///     fn each(&self, count: usize, task: &(dyn Fn(usize) + Sync)) {
///         std::thread::scope(|scope| {
///             scope.spawn(|| (0..count / 2).for_each(task));
///             (count / 2..count).for_each(task);
///         });
///     }
/// }
///
/// assert_eq!(topline::run::map(&Two, &[1, 2, 3], |number| number * number), [1, 4, 9]);
/// ```
pub trait Workers: Sync {
    /// Calls `task` once with each number below `count`, in any order and on any threads, and returns after the last call.
    fn each(&self, count: usize, task: &(dyn Fn(usize) + Sync));
}

/// The caller's thread and no other.
#[derive(Clone, Copy, Debug, Default)]
pub struct OneThread;

impl Workers for OneThread {
    fn each(&self, count: usize, task: &(dyn Fn(usize) + Sync)) {
        (0..count).for_each(task);
    }
}

/// The rayon pool that the caller is in, else the global one: to choose another, call from inside `ThreadPool::install`.
#[cfg(feature = "parallel")]
#[derive(Clone, Copy, Debug, Default)]
pub struct Parallel;

#[cfg(feature = "parallel")]
impl Workers for Parallel {
    fn each(&self, count: usize, task: &(dyn Fn(usize) + Sync)) {
        use rayon::prelude::*;
        (0..count).into_par_iter().for_each(task);
    }
}

/// What works where the caller names nothing: every core, or one without the feature `parallel`.
pub(super) fn default_workers() -> &'static dyn Workers {
    #[cfg(feature = "parallel")]
    {
        &Parallel
    }
    #[cfg(not(feature = "parallel"))]
    {
        &OneThread
    }
}

/// What `task` makes of each item, in the order of the items.
pub fn map<T: Sync, R: Send>(workers: &dyn Workers, items: &[T], task: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let done: Vec<Mutex<Option<R>>> = items.iter().map(|_| Mutex::new(None)).collect();
    workers.each(items.len(), &|at| {
        let answer = task(&items[at]);
        *done[at].lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
    });
    let answer = |(slot, item): (Mutex<Option<R>>, &T)| {
        // What the workers left out is done here.
        slot.into_inner().unwrap_or_else(PoisonError::into_inner).unwrap_or_else(|| task(item))
    };
    done.into_iter().zip(items).map(answer).collect()
}

/// A switch that stops a run from another thread. Clones are the same switch.
///
/// ```
/// use topline::run::Cancel;
///
/// let cancel = Cancel::new();
/// let in_another_thread = cancel.clone();
/// in_another_thread.cancel();
/// assert!(cancel.is_cancelled());
/// ```
#[derive(Clone, Debug, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// A switch that is not thrown.
    pub fn new() -> Self {
        Self::default()
    }

    /// Stops every run that was given this switch, after the series that are being projected.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether the switch was thrown.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// How a run goes about its work: on which threads, with what said on the way, and stopped by whom.
///
/// ```
/// use topline::run::{Cancel, Controls, OneThread};
///
/// let cancel = Cancel::new();
/// let say = |series: usize| println!("{series} more done");
/// let controls = Controls::new().workers(&OneThread).progress(&say).cancel(&cancel);
/// # _ = controls;
/// ```
#[derive(Clone, Copy)]
pub struct Controls<'c> {
    pub(super) workers: &'c dyn Workers,
    pub(super) progress: Option<&'c (dyn Fn(usize) + Sync)>,
    pub(super) cancel: Option<&'c Cancel>,
}

impl<'c> Controls<'c> {
    /// Every core, or the caller's thread without the feature `parallel`; nothing is said, and nobody stops it.
    pub fn new() -> Self {
        Self { workers: default_workers(), progress: None, cancel: None }
    }

    /// Works on these threads.
    #[must_use]
    pub fn workers(self, workers: &'c dyn Workers) -> Self {
        Self { workers, ..self }
    }

    /// Calls `progress` with a number of series as often as so many more are done, from any thread.
    #[must_use]
    pub fn progress(self, progress: &'c (dyn Fn(usize) + Sync)) -> Self {
        Self { progress: Some(progress), ..self }
    }

    /// Stops when this switch is thrown.
    #[must_use]
    pub fn cancel(self, cancel: &'c Cancel) -> Self {
        Self { cancel: Some(cancel), ..self }
    }

    pub(super) fn is_cancelled(&self) -> bool {
        self.cancel.is_some_and(Cancel::is_cancelled)
    }
}

impl Default for Controls<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Controls<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Controls").field("cancel", &self.cancel).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Workers that never work.
    struct Idle;

    impl Workers for Idle {
        fn each(&self, _: usize, _: &(dyn Fn(usize) + Sync)) {}
    }

    #[test]
    fn answers_come_in_order_whoever_works() {
        let items: Vec<usize> = (0..1000).collect();
        let squares: Vec<usize> = items.iter().map(|item| item * item).collect();
        let workers: [&dyn Workers; 3] = [&OneThread, default_workers(), &Idle];
        for one in workers {
            assert_eq!(map(one, &items, |item| item * item), squares);
        }
    }
}
