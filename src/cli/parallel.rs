//! Many documents, and what is written of a long one, on all cores; their results in order.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::analysis::on_all_cores;

/// Does `work` on each of `items` and hands the results to `done` in the order of `items`. When `done` says no, no
/// more are begun.
pub(super) fn each<I: Sync, R: Send>(
    items: &[I],
    work: impl Fn(&I) -> R + Sync,
    mut done: impl FnMut(R) -> bool,
) {
    let threads = thread::available_parallelism().map_or(1, NonZero::get).min(items.len());
    if threads <= 1 {
        for item in items {
            if !done(work(item)) {
                return;
            }
        }
        return;
    }
    let next = AtomicUsize::new(0);
    let stopped = AtomicBool::new(false);
    let (sender, receiver) = mpsc::channel();
    thread::scope(|scope| {
        for _ in 0..threads {
            let sender = sender.clone();
            let (next, stopped, work) = (&next, &stopped, &work);
            scope.spawn(move || {
                while !stopped.load(Ordering::Relaxed) {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    let Some(item) = items.get(index) else { break };
                    if sender.send((index, work(item))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        let mut early = BTreeMap::new();
        let mut due = 0;
        for (index, result) in receiver {
            early.insert(index, result);
            while let Some(result) = early.remove(&due) {
                due += 1;
                if !done(result) {
                    stopped.store(true, Ordering::Relaxed);
                    return;
                }
            }
        }
    });
}

/// Items that are written one after another.
const STRETCH: usize = 64;

/// What `write` writes of `items`, some of them at a time: pieces that are printed one after another.
pub(super) fn written<T: Sync>(
    items: &[T],
    write: impl Fn(&[T], &mut Vec<u8>) + Sync + Send,
) -> Vec<Vec<u8>> {
    let stretches: Vec<&[T]> = items.chunks(STRETCH).collect();
    on_all_cores(&stretches, |some| {
        let mut written = Vec::new();
        write(some, &mut written);
        written
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order() {
        let items: Vec<u32> = (0..100).collect();
        let mut results = Vec::new();
        each(
            &items,
            |it| it * 2,
            |it| {
                results.push(it);
                true
            },
        );
        assert_eq!(results, items.iter().map(|it| it * 2).collect::<Vec<_>>());
    }

    #[test]
    fn nothing_is_handed_on_after_a_no() {
        let mut count = 0;
        each(
            &[1; 100],
            |it| *it,
            |_| {
                count += 1;
                count < 3
            },
        );
        assert_eq!(count, 3);
    }
}
