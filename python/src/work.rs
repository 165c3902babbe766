//! Work on threads of its own, without Python's lock, that Ctrl-C stops.

use std::sync::mpsc::{RecvTimeoutError, sync_channel};
use std::thread;
use std::time::Duration;

use pyo3::prelude::*;
use topline::run::{Cancel, OneThread, Parallel, Workers};

use crate::failure::Failure;

/// How often it is asked whether the user wants to stop.
const ASKED_EVERY: Duration = Duration::from_millis(100);

/// Does `task` on so many threads, all cores if `None`; `task` stops soon after its switch is thrown.
///
/// The threads end with the work: none is left for a process that is forked later.
pub(crate) fn work<T: Send>(
    py: Python<'_>,
    threads: Option<usize>,
    task: impl FnOnce(&dyn Workers, &Cancel) -> Result<T, Failure> + Send,
) -> Result<T, Failure> {
    let cores = || thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.unwrap_or_else(cores).max(1);
    let cancel = &Cancel::new();
    let on_threads = move || {
        if threads == 1 {
            return task(&OneThread, cancel);
        }
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
        match pool {
            Ok(pool) => pool.install(|| task(&Parallel, cancel)),
            // A machine that gives no more threads.
            Err(_) => task(&OneThread, cancel),
        }
    };
    py.detach(|| {
        thread::scope(|scope| {
            let (done, is_done) = sync_channel::<()>(1);
            let worker = scope.spawn(move || {
                let result = on_threads();
                drop(done);
                result
            });
            let mut stopped = None;
            while stopped.is_none() && is_done.recv_timeout(ASKED_EVERY) == Err(RecvTimeoutError::Timeout) {
                #[expect(clippy::redundant_closure_for_method_calls, reason = "a method is of one lifetime, a closure of all")]
                if let Err(error) = Python::attach(|py| py.check_signals()) {
                    cancel.cancel();
                    stopped = Some(error);
                }
            }
            let result = worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            stopped.map_or(result, |error| Err(Failure::Python(error)))
        })
    })
}
