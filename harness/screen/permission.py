"""The system's own question about a permission: known by its package and, where it has them, AOSP's ids."""

from __future__ import annotations

import re
from typing import Final

from harness.screen.roles import word_of
from harness.screen.tree import Node

PACKAGE: Final = re.compile(
    r".*\.permissioncontroller|com\.(google\.)?android\.packageinstaller|com\.lbe\.security\.miui"
    r"|com\.(coloros|oplus)\.securitypermission|com\.vivo\.permissionmanager|com\.huawei\.systemmanager|com\.meizu\.safe"
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
}
_BY_WORD: Final = {
    "allow", "allow_once", "allow_foreground", "allow_always", "deny", "deny_dont_ask", "refuse", "agree",
}  # fmt: skip


def permission_role(node: Node) -> str | None:
    role = _ROLE_OF_ID.get(node.resource.rpartition("/")[2])
    if role is not None:
        return role
    word = word_of(node.label) if node.label else None
    if word is None or word.role not in _BY_WORD:
        return None
    return {"refuse": "deny", "agree": "allow"}.get(word.role, word.role)


def asks_permission(nodes: list[Node]) -> bool:
    """An answer that allows and one that denies are there (an installer's question has none of the ids)."""
    roles = {permission_role(node) for node in nodes}
    by_id = any(node.resource.rpartition("/")[2] in _ROLE_OF_ID for node in nodes)
    asks = any(
        re.search(
            r"允许.{0,60}(吗|访问|使用|获取|拨打|拍|录|读取|发送|位置)|^allow .+\?", node.label.casefold()
        )
        for node in nodes
    )
    allows = bool(roles & {"allow", "allow_once", "allow_foreground", "allow_always", "allow_limited"})
    return allows and bool(roles & {"deny", "deny_dont_ask"}) and (by_id or asks)
