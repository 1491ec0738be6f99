"""Accounts and their owner. Android never refuses the question for accounts: what is hidden is left out."""

from __future__ import annotations

from harness.twin.binder import Call, security, service
from harness.twin.services.guard import holds, note, target_sdk

MANAGE_CONTACTS = frozenset({"com.google"})
"""Types whose accounts a holder of READ_CONTACTS sees, because they sync contacts."""


@service("accounts.list")
def accounts(call: Call, account_type: str | None) -> list[dict[str, str]]:
    before_oreo = target_sdk(call) < 26 and holds(call, "GET_ACCOUNTS")
    with_contacts = holds(call, "READ_CONTACTS")
    shown = [
        {"name": account.name, "type": account.type}
        for account in call.device.identity.accounts
        if (account_type is None or account.type == account_type)
        and (before_oreo or (with_contacts and account.type in MANAGE_CONTACTS))
    ]
    if shown:
        note(call, "GET_ACCOUNTS")
    return shown


@service("accounts.user_data")
def user_data(call: Call, account_type: str) -> None:
    """Only the authenticator of the type may ask, and no app on a twin is one."""
    raise security(f"uid {call.process.uid} cannot get user data for accounts of type: {account_type}")


@service("user.name")
def user_name(call: Call) -> str:
    raise security("You need MANAGE_USERS or GET_ACCOUNTS_PRIVILEGED permissions to: get user name")
