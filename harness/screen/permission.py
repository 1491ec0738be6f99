"""The system's own question about a permission: known by its package and, where it has them, AOSP's ids."""

from __future__ import annotations

import re
from typing import Final

from harness.screen.roles import word_of
from harness.screen.topics import about
from harness.screen.tree import Node

PACKAGE: Final = re.compile(
    r".*\.permissioncontroller|com\.(google\.)?android\.packageinstaller|com\.lbe\.security\.miui|com\.miui\.security(center|core)?"
    r"|com\.(coloros|oplus|oppo)\.(securitypermission|permissionmanager|safecenter|safe)|com\.(vivo|bbk|iqoo)\.(permissionmanager|secure)"
    r"|com\.(huawei|hihonor)\.systemmanager|com\.hihonor\.permissionmanager|com\.meizu\.safe|com\.zui\.safecenter|com\.samsung\.android\.(permissioncontroller|packageinstaller)"
    r"|com\.android\.settings\.permission"
)
_ROLE_OF_ID: Final = {
    "permission_allow_button": "allow",
    "permission_allow_all_button": "allow",
    "permission_allow_foreground_only_button": "allow_foreground",
    "permission_allow_one_time_button": "allow_once",
    "permission_allow_always_button": "allow_always",
    "permission_allow_selected_button": "allow_limited",
    "permission_deny_button": "deny",
    "permission_dont_allow_more_selected_button": "deny",
    "permission_no_upgrade_button": "deny",
    "permission_no_upgrade_one_time_button": "deny",
    "permission_deny_and_dont_ask_again_button": "deny_dont_ask",
    "permission_no_upgrade_and_dont_ask_again_button": "deny_dont_ask",
    "permission_no_upgrade_one_time_and_dont_ask_again_button": "deny_dont_ask",
    "permission_location_accuracy_radio_fine": "accuracy_fine",
    "permission_location_accuracy_radio_coarse": "accuracy_coarse",
    "do_not_ask_checkbox": "checkbox",
    "permission_message": "title",
    "detail_message": "body",
    "permission_details": "body",
}
_BY_WORD: Final = {
    "allow", "allow_once", "allow_foreground", "allow_always", "allow_limited", "deny", "deny_dont_ask", "refuse",
    "agree", "accuracy_fine", "accuracy_coarse", "goto_settings", "cancel", "later",
}  # fmt: skip
ALLOWING: Final = frozenset({"allow", "allow_once", "allow_foreground", "allow_always", "allow_limited"})
DENYING: Final = frozenset({"deny", "deny_dont_ask"})


def permission_role(node: Node) -> str | None:
    role = _ROLE_OF_ID.get(node.resource.rpartition("/")[2])
    if role is not None:
        return role
    if node.cls.endswith("CheckBox"):
        # The one box of such a window: do not ask again.
        return "checkbox"
    word = word_of(node.label) if node.label else None
    if word is None or word.role not in _BY_WORD:
        return None
    role = {"refuse": "deny", "agree": "allow"}.get(word.role, word.role)
    return "checkbox" if node.checkable and role in ("deny_dont_ask", "later") else role


def asks_permission(nodes: list[Node]) -> bool:
    """An answer that allows and one that denies are there (an installer's question has none of the ids)."""
    roles = {permission_role(node) for node in nodes}
    by_id = any(node.resource.rpartition("/")[2] in _ROLE_OF_ID for node in nodes)
    allows, denies = bool(roles & ALLOWING), bool(roles & DENYING)
    return (allows and denies and (by_id or asks(nodes))) or (by_id and (allows or denies))


def asks(nodes: list[Node]) -> bool:
    """A sentence asks whether an app may do something."""
    return any(
        about("asks_permission", node.label) or about("permission_talk", node.label)
        for node in nodes
        if len(node.label) > 6
    )
