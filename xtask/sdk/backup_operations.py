"""Performs every backup operation of the official SDK against the portal that the environment names.

One line for each operation goes to stdout; the exit code is 1 if one of them failed or was not tried.
"""

import os
import sys
import time

from docspace_api_sdk import (
    ApiClient,
    BackupApi,
    BackupDto,
    BackupRestoreDto,
    BackupScheduleDto,
    BackupStorageType,
    Configuration,
    Cron,
    DistributedTaskStatus,
    ItemKeyValuePairObjectObject,
)

FOLDER = "123"
PATIENCE = 20.0
"""How many seconds a job may take that lasts one or two."""


def connected():
    """The operations, with the header that portals take: the one that the SDK sends by itself is refused."""
    client = ApiClient(Configuration(host=os.environ["DOCSPACE_API_HOST"]))
    client.set_default_header("Authorization", "Bearer " + os.environ["DOCSPACE_API_KEY"])
    return BackupApi(client)


def published():
    """The names of all operations of the SDK's backup part."""
    variants = ("_with_http_info", "_without_preload_content")
    names = (name for name in vars(BackupApi) if not name.startswith("_"))
    return {name for name in names if not name.endswith(variants)}


def expect(condition, what):
    if not condition:
        raise AssertionError(what)


def within_patience(look):
    """What `look` gives as soon as it is true."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := look():
            return found
        time.sleep(0.02)
    raise AssertionError(f"nothing came within {PATIENCE:.0f} s")


class Tour:
    """The operations in an order in which each has something to do."""

    def __init__(self, api):
        self.api = api
        self.backup = None

    def get_backups_service_state(self):
        state = self.api.get_backups_service_state().response
        expect(isinstance(state.enabled, bool), state)
        return f"enabled: {state.enabled}"

    def get_backups_count(self):
        count = self.api.get_backups_count(paid=False).response
        expect(count == 0, count)
        return count

    def create_backup_schedule(self):
        folder = ItemKeyValuePairObjectObject(key="folderId", value=FOLDER)
        schedule = BackupScheduleDto(
            storage_type=BackupStorageType.Documents,
            storage_params=[folder],
            backups_stored=7,
            cron_params=Cron(period=1, hour=3, day=2),
        )
        expect(self.api.create_backup_schedule(schedule).response is True, "no success")
        return "weekly"

    def get_backup_schedule(self):
        schedule = self.api.get_backup_schedule().response
        expect(schedule.storage_params == {"folderId": FOLDER}, schedule)
        expect((schedule.cron_params.period, schedule.cron_params.day, schedule.backups_stored) == (1, 2, 7), schedule)
        return f"day {schedule.cron_params.day} at {schedule.cron_params.hour}, {schedule.backups_stored} copies"

    def delete_backup_schedule(self):
        expect(self.api.delete_backup_schedule().response is True, "no success")
        expect(self.api.get_backup_schedule().response is None, "it is still there")
        return "gone"

    def start_backup(self):
        progress = self.start()
        expect(not progress.is_completed, progress)
        return progress.task_id

    def cancel_backup(self):
        within_patience(self.is_running)  # A cancel before that is lost.
        expect(self.api.cancel_backup().response is True, "the queue was empty")
        return f"ended with status {within_patience(self.is_over).status.name}"

    def get_backup_progress(self):
        self.backup = self.start().task_id
        return f"{within_patience(self.is_complete).progress} % of {self.backup}"

    def get_backup_history(self):
        record = self.records().get(self.backup)
        expect(record is not None, "it is not there")
        return record.file_name

    def delete_backup(self):
        expect(self.api.delete_backup(self.backup).response is True, "no success")
        expect(self.backup not in self.records(), "it is still there")
        return self.backup

    def delete_backup_history(self):
        self.backup = self.start().task_id
        within_patience(self.is_complete)
        expect(self.api.delete_backup_history().response is True, "no success")
        expect(not self.records(), "something is still there")
        return "nothing is left"

    def start_backup_restore(self):
        self.backup = self.start().task_id
        within_patience(self.is_complete)
        order = BackupRestoreDto(backup_id=self.backup, storage_type=BackupStorageType.DataStore, notify=False)
        progress = self.api.start_backup_restore(order).response
        expect(progress.backup_progress_enum == 1, progress)
        return progress.task_id

    def get_restore_progress(self):
        progress = self.api.get_restore_progress().response
        expect(progress.backup_progress_enum == 1, progress)
        return f"{progress.progress} % of {progress.task_id}"

    def start(self):
        return self.api.start_backup(BackupDto(storage_type=BackupStorageType.DataStore)).response

    def records(self):
        return {str(record.id): record for record in self.api.get_backup_history().response}

    def is_complete(self):
        progress = self.is_over()
        return progress if progress is not None and progress.task_id == self.backup else None

    def is_running(self):
        progress = self.api.get_backup_progress().response
        return progress is not None and progress.status == DistributedTaskStatus.Running

    def is_over(self):
        """A cancelled job is gone at first, and comes back as one that is completed."""
        progress = self.api.get_backup_progress().response
        return progress if progress is not None and progress.is_completed else None


OPERATIONS = (
    Tour.get_backups_service_state,
    Tour.get_backups_count,
    Tour.create_backup_schedule,
    Tour.get_backup_schedule,
    Tour.delete_backup_schedule,
    Tour.start_backup,
    Tour.cancel_backup,
    Tour.get_backup_progress,
    Tour.get_backup_history,
    Tour.delete_backup,
    Tour.delete_backup_history,
    Tour.start_backup_restore,
    Tour.get_restore_progress,
)


def perform(operation, tour):
    """Whether the operation did what it should; says so."""
    name = operation.__name__
    try:
        print(f"ok      {name}: {operation(tour)}", flush=True)
    except Exception as error:  # Whatever the SDK raises is a failure of this operation alone.
        print(f"failed  {name}: {type(error).__name__}: {error}", flush=True)
        return False
    return True


def main():
    tour = Tour(connected())
    done = [perform(operation, tour) for operation in OPERATIONS]
    untried = published() - {operation.__name__ for operation in OPERATIONS}
    for name in sorted(untried):
        print(f"failed  {name}: it is not tried")
    print(f"{sum(done)} of {len(done) + len(untried)} operations")
    return 0 if all(done) and not untried else 1


if __name__ == "__main__":
    sys.exit(main())
