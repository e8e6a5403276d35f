//! Ctrl-C before anything has begun.

use std::time::Duration;

use mock_portal::{Fault, Operation};
use tokio::time::Instant;

use crate::rig::{Program, Signal, portal};

#[tokio::test]
async fn ctrl_c_does_not_wait_for_a_version_that_does_not_come() {
    let portal = portal().await;
    portal.inject(Fault::on(Operation::Version).always().hang());
    let run = Program::of(&portal).settings_alone("").start("run --folder 123");
    portal.wait_for_calls(Operation::Version, 1).await;
    let pressed = Instant::now();
    run.signal(Signal::Interrupt).await;
    run.finish().await.exits(130);
    assert!(pressed.elapsed() < Duration::from_secs(5), "ended after {:?}", pressed.elapsed());
    assert_eq!(portal.starts(), 0);
}
