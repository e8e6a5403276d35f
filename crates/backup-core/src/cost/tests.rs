//! What the next backup costs, for each thing that a portal may tell.

use docspace_api::{ApiErrorKind, PortalSettings, Quota, ServiceState};
use mock_portal::{Config, MockPortal, Operation, Wallet};

use crate::{
    Cost, CostEvidence, Failure, cost,
    fixture::{client, failure},
    gather_cost,
};

fn unreachable<T>() -> Result<T, Failure> {
    Err(failure(ApiErrorKind::Unreachable))
}

fn settings(standalone: Option<bool>) -> Result<PortalSettings, Failure> {
    Ok(PortalSettings { standalone, time_zone: None })
}

fn plan(free_backups: Option<u64>) -> Result<Quota, Failure> {
    Ok(Quota { name: None, free_backups, total_bytes: None })
}

/// A portal in the cloud with this plan, so many backups this month, and this wallet.
fn cloud(free: u64, used: u64, service: ServiceState) -> CostEvidence {
    CostEvidence {
        settings: settings(Some(false)),
        quota: Some(plan(Some(free))),
        used: Some(Ok(used)),
        service: Some(Ok(service)),
    }
}

#[test]
fn a_self_hosted_server_charges_nothing_though_it_tells_no_free_backups() {
    let own = CostEvidence { settings: settings(Some(true)), ..cloud(0, 5, ServiceState::Disabled) };
    assert_eq!(cost(&own), Cost::NotMetered);
    assert_eq!(cost(&CostEvidence { quota: None, used: None, service: None, ..own }), Cost::NotMetered);
}

#[test]
fn free_backups_are_counted_down_and_then_the_wallet_decides() {
    let left = |used| cost(&cloud(2, used, ServiceState::Enabled));
    assert_eq!([left(0), left(1)], [Cost::Free { left: 2 }, Cost::Free { left: 1 }]);
    assert_eq!([left(2), left(3)], [Cost::CostsMoney; 2]);
    assert_eq!(cost(&cloud(2, 2, ServiceState::Disabled)), Cost::WouldBeRefused);
}

#[test]
fn money_is_not_spent_on_a_guess_about_the_wallet() {
    let unknown = CostEvidence { service: Some(unreachable()), ..cloud(2, 2, ServiceState::Disabled) };
    assert_eq!(cost(&unknown), Cost::CostsMoney);
    // As long as there are free ones, the wallet is of no interest.
    assert_eq!(cost(&CostEvidence { used: Some(Ok(0)), ..unknown }), Cost::Free { left: 2 });
}

#[test]
fn a_call_that_fails_makes_the_cost_unknown_and_nothing_worse() {
    let spent = || cloud(0, 0, ServiceState::Disabled);
    assert_eq!(cost(&CostEvidence { settings: unreachable(), ..spent() }), Cost::Unknown);
    assert_eq!(cost(&CostEvidence { settings: settings(None), ..spent() }), Cost::Unknown);
    assert_eq!(cost(&CostEvidence { settings: unreachable(), service: None, ..spent() }), Cost::Unknown);
    assert_eq!(cost(&CostEvidence { quota: Some(unreachable()), ..spent() }), Cost::Unknown);
    assert_eq!(cost(&CostEvidence { quota: Some(plan(None)), ..spent() }), Cost::Unknown);
    assert_eq!(cost(&CostEvidence { used: Some(unreachable()), ..spent() }), Cost::Unknown);
}

#[test]
fn a_wallet_that_is_on_is_plain_enough_whosever_server_it_is() {
    let unknown = CostEvidence { settings: unreachable(), ..cloud(1, 1, ServiceState::Enabled) };
    assert_eq!(cost(&unknown), Cost::CostsMoney);
}

#[test]
fn portals_that_cannot_count_do_not_charge() {
    let too_old = || failure(ApiErrorKind::Unsupported { needs: "3.5.0" });
    let old = CostEvidence {
        used: Some(Err(too_old())),
        service: Some(Err(too_old())),
        ..cloud(0, 0, ServiceState::Enabled)
    };
    assert_eq!(cost(&old), Cost::NotMetered);
}

#[tokio::test]
async fn a_self_hosted_server_is_asked_once() {
    let mock = MockPortal::start(Config::default()).await;
    assert_eq!(cost(&gather_cost(&client(&mock)).await), Cost::NotMetered);
    let asked: Vec<Operation> = mock.calls().iter().map(|call| call.operation).collect();
    assert_eq!(asked, [Operation::Settings]);
}

#[tokio::test]
async fn in_the_cloud_plan_count_and_wallet_are_asked() {
    let cloud = Config { standalone: false, free_backups: 1, wallet: Wallet::On, ..Config::default() };
    let mock = MockPortal::start(cloud).await;
    assert_eq!(cost(&gather_cost(&client(&mock)).await), Cost::Free { left: 1 });
    mock.add_record(mock_portal::Record::new("acme.tar.gz", jiff::Timestamp::now()));
    assert_eq!(cost(&gather_cost(&client(&mock)).await), Cost::CostsMoney);
    mock.change(|config| config.wallet = Wallet::Off);
    assert_eq!(cost(&gather_cost(&client(&mock)).await), Cost::WouldBeRefused);
    mock.change(|config| config.version = "3.4.0".into());
    assert_eq!(cost(&gather_cost(&client(&mock)).await), Cost::NotMetered);
}
