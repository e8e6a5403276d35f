//! Fuzzing: any bytes against the properties that the crates state, with what is looked for kept apart from the seeds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use crate::cargo;
use crate::environment;
use crate::talk;
use crate::trouble::Trouble;

/// How a run goes: half a minute for one input means that a reader hangs, and short texts find more in the same time.
const OPTIONS: [&str; 4] =
    ["-timeout=30", "-rss_limit_mb=2048", "-entropic_scale_per_exec_time=1", "-print_final_stats=1"];

/// Runs one target, or each in turn; the exit code is that of the first with a finding.
///
/// # Errors
///
/// There is no such target, no nightly toolchain or no `cargo fuzz`; the message says how to come by it.
pub(crate) fn run(target: Option<&str>, seconds: u32) -> Result<ExitCode, Trouble> {
    let targets = chosen(targets()?, target)?;
    tools_are_there()?;
    take_over_versions()?;
    for target in &targets {
        talk::say(format_args!("fuzz: {target} for {seconds} s"));
        let code = run_one(target, seconds)?;
        if code != ExitCode::SUCCESS {
            talk::say(format_args!("fuzz: {target} found something; {}", mend(target)));
            return Ok(code);
        }
    }
    talk::put(format_args!("fuzz: {} for {seconds} s each, no finding", targets.join(", ")));
    Ok(ExitCode::SUCCESS)
}

fn mend(target: &str) -> String {
    format!(
        "the input is in fuzz/artifacts/{target}: mend the cause, write a test named after the claim, \
         and keep a short input in fuzz/seeds/{target}"
    )
}

/// The names of the targets, sorted.
fn targets() -> Result<Vec<String>, Trouble> {
    let folder = fuzz().join("fuzz_targets");
    let cannot = || format!("cannot read {}", folder.display());
    let entries = fs::read_dir(&folder).map_err(Trouble::with(cannot()))?;
    let names = entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    let names: Vec<String> = names.collect::<Result<_, _>>().map_err(Trouble::with(cannot()))?;
    let mut targets: Vec<String> =
        names.iter().filter_map(|name| name.strip_suffix(".rs")).map(str::to_owned).collect();
    targets.sort();
    Ok(targets)
}

/// The one that was asked for, or all.
fn chosen(targets: Vec<String>, target: Option<&str>) -> Result<Vec<String>, Trouble> {
    match target {
        None => Ok(targets),
        Some(target) if targets.iter().any(|known| known == target) => Ok(vec![target.to_owned()]),
        Some(target) => Err(Trouble::new(format!("there is no target {target}; there are {}", targets.join(", ")))),
    }
}

fn tools_are_there() -> Result<(), Trouble> {
    let tools = [
        (&["--version"][..], "a nightly toolchain is missing: rustup toolchain install nightly"),
        (&["fuzz", "--version"], "cargo fuzz is missing: cargo install cargo-fuzz"),
    ];
    let missing = tools.into_iter().find(|(arguments, _)| !answers(nightly().args(*arguments)));
    missing.map_or(Ok(()), |(_, mend)| Err(Trouble::new(mend)))
}

fn answers(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Fuzzes what is shipped: with the versions that the workspace is built with. Cargo adds what only the fuzzer needs.
fn take_over_versions() -> Result<(), Trouble> {
    let copied = fs::copy(cargo::root().join("Cargo.lock"), fuzz().join("Cargo.lock"));
    copied.map(drop).map_err(Trouble::with("cannot write fuzz/Cargo.lock"))
}

fn run_one(target: &str, seconds: u32) -> Result<ExitCode, Trouble> {
    let built = built();
    let corpus = built.join("corpus").join(target);
    copy_seeds(&fuzz().join("seeds").join(target), &corpus)?;
    let mut command = nightly();
    // The address sanitizer looks for what cannot happen without `unsafe`, and takes half of the time.
    command.args(["fuzz", "run", "--sanitizer=none", "--target-dir"]).arg(&built).arg(target).arg(&corpus);
    command.arg("--").arg(format!("-max_total_time={seconds}")).args(OPTIONS);
    command.status().map(cargo::exit_code).map_err(cargo::cannot_start("cargo fuzz"))
}

/// Puts the seeds beside what earlier runs have found, where the fuzzer may add to them.
fn copy_seeds(seeds: &Path, corpus: &Path) -> Result<(), Trouble> {
    let cannot = || format!("cannot copy {} to {}", seeds.display(), corpus.display());
    fs::create_dir_all(corpus).map_err(Trouble::with(cannot()))?;
    for seed in fs::read_dir(seeds).map_err(Trouble::with(cannot()))? {
        let copied = seed.and_then(|seed| fs::copy(seed.path(), corpus.join(seed.file_name())));
        copied.map_err(Trouble::with(cannot()))?;
    }
    Ok(())
}

fn nightly() -> Command {
    let mut command = Command::new("rustup");
    command.args(["run", "nightly", "cargo"]).current_dir(cargo::root());
    environment::without_cargo_own(&mut command);
    command
}

fn fuzz() -> PathBuf {
    cargo::root().join("fuzz")
}

/// Where the targets are built, apart from the workspace's own builds.
fn built() -> PathBuf {
    cargo::target().join("fuzz")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scratch::Scratch;

    #[test]
    fn every_target_is_built_and_has_seeds_of_a_few_kilobytes_in_all() {
        let manifest = fs::read_to_string(fuzz().join("Cargo.toml")).unwrap();
        let mut bytes = 0;
        for target in targets().unwrap() {
            assert!(manifest.contains(&format!("path = \"fuzz_targets/{target}.rs\"")), "{target} is no [[bin]]");
            let seeds = fs::read_dir(fuzz().join("seeds").join(&target)).unwrap();
            let sizes: Vec<u64> = seeds.map(|seed| seed.unwrap().metadata().unwrap().len()).collect();
            assert!(!sizes.is_empty(), "{target} has no seeds");
            bytes += sizes.iter().sum::<u64>();
        }
        assert!(
            bytes < 16 * 1024,
            "{bytes} bytes of seeds; keep what is found in target, and here one input for a finding"
        );
    }

    #[test]
    fn a_target_that_is_not_there_is_named_with_those_that_are() {
        let targets = || vec!["refusal".to_owned(), "wire".to_owned()];
        assert_eq!(chosen(targets(), None).unwrap(), targets());
        assert_eq!(chosen(targets(), Some("wire")).unwrap(), ["wire"]);
        let trouble = chosen(targets(), Some("wires")).unwrap_err();
        assert_eq!(trouble.to_string(), "there is no target wires; there are refusal, wire");
    }

    #[test]
    fn what_a_run_has_found_stays_beside_the_seeds() {
        let folder = Scratch::new().unwrap();
        let (seeds, corpus) = (folder.path().join("seeds"), folder.path().join("corpus"));
        fs::create_dir_all(&seeds).unwrap();
        fs::create_dir_all(&corpus).unwrap();
        fs::write(seeds.join("seed"), "new").unwrap();
        fs::write(corpus.join("seed"), "old").unwrap();
        fs::write(corpus.join("found"), "found").unwrap();
        copy_seeds(&seeds, &corpus).unwrap();
        assert_eq!(fs::read_to_string(corpus.join("seed")).unwrap(), "new");
        assert_eq!(fs::read_to_string(corpus.join("found")).unwrap(), "found");
    }
}
