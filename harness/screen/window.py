"""One window of a dump: its labels with their roles, and the part of it that asks something."""

from __future__ import annotations

from bisect import bisect_left
from typing import Final

from harness.screen.boxes import is_box, is_switch, switch_beside
from harness.screen.roles import Word, counts_down, denied, guess_of, normalise, stem
from harness.screen.telling import SENTENCE, speaks_of_data, tells_of_data
from harness.screen.topics import about, is_policy, policy_spans, talks_consent, talks_privacy, weight
from harness.screen.touch import Touch, Touches
from harness.screen.tree import Bounds, Node, Tree

AGREEING: Final = frozenset({"agree", "agree_login"})
UNCLEAR: Final = frozenset({"acknowledge", "confirm", "allow"})
"""Labels behind which agreeing may hide."""
REFUSING: Final = frozenset({"refuse", "refuse_exit", "basic_mode", "deny"})
WEAK: Final = frozenset({"exit", "cancel", "later", "close"})
ANSWERING: Final = AGREEING | UNCLEAR | REFUSING | WEAK | {"manage", "goto_settings", "guest_login"}

_TEXTUAL: Final = frozenset({"agree", "agree_login", "allow", "refuse", "acknowledge"})

_BESIDE_SWITCH: Final = frozenset({"ads_switch", "recommend_switch", "optout"})

MAX_BOX: Final = 170
MAX_BOXES: Final = 200
MAX_READ: Final = 3000
"""Labels of one window that are looked at for a role."""
MAX_STRANGERS: Final = 6
"""A dialog has few things to touch that have nothing to do with its question; a page has many."""
MAX_CANDIDATES: Final = 16
MAX_ANSWER: Final = 24
"""Characters of a label that answers."""
MAX_SWITCHED: Final = 70
"""Characters of a switch's label; longer it is the sentence that explains it."""


class Window:
    """The nodes of one window that can be seen."""

    def __init__(self, tree: Tree, root: Node, screen: Bounds) -> None:
        self.tree = tree
        self.root = root
        self.screen = screen
        self.nodes = [node for node in tree.below(root) if node.area > 0]
        self.inputs = [node for node in self.nodes if is_input(node)]
        self.words: dict[int, Word] = {}
        self._touches = Touches(tree)
        self._has_switch = any(is_switch(node) for node in self.nodes)
        self._read_labels()
        self.labelled = [node for node in self.nodes if node.index in self.words]
        self._touches.know(self.labelled)
        self._is_silent = all(self._touches.of(node) is None for node in self.labelled)
        self._drop_sentences()
        self.labelled = [node for node in self.nodes if node.index in self.words]
        self._touch: dict[int, Touch | None] = {}
        self._index_texts()

    # Labels

    def _read_labels(self) -> None:
        labelled = [node for node in self.nodes if node.label]
        if len(labelled) > MAX_READ:
            # What is drawn later lies above.
            labelled = labelled[: MAX_READ // 4] + labelled[-3 * MAX_READ // 4 :]
        for node in labelled:
            if is_input(node) or (node.checkable and node.cls.endswith("CheckBox")):
                continue
            if _repeats_child(self.tree, node):
                continue
            word = guess_of(node.label) or self._switched(node)
            if word is not None:
                self.words[node.index] = word
        self._read_opposites(labelled)

    def _read_opposites(self, labelled: list[Node]) -> None:
        """Two labels of which one is the other denied ("Share", "Don't share") answer yes and no."""
        short = {normalise(node.label): node for node in labelled if 1 < len(node.label) <= MAX_ANSWER}
        denials = {label: affirmed for label in short if (affirmed := denied(label)) is not None}
        stems = {stem(label): node for label, node in short.items()} if denials else {}
        for label, affirmed in denials.items():
            node, other = short[label], stems.get(stem(affirmed))
            if (
                other is not None
                and other.index not in self.words
                and self.role(node) in (None, "optout")
                and not about("poison", label)
            ):
                self.words[node.index] = Word("refuse", "any")
                self.words[other.index] = Word("agree", "any")

    def _switched(self, node: Node) -> Word | None:
        """Words about personal ads beside a switch, however they are put."""
        if not self._has_switch or not 4 < len(node.label) <= MAX_SWITCHED:
            return None
        if not about("ads_talk", node.label):
            return None
        switch = switch_beside(self.tree, node, self.nodes)
        if switch is None or switch.label not in ("", node.label) or not _is_level(switch, node):
            return None
        return Word("optout" if about("turned_off", normalise(node.label)) else "ads_switch", "any")

    def _drop_sentences(self) -> None:
        """Words that only look like an answer: what takes no touches (a title, a sentence), the text of a
        consent box, and a text that says what was read."""
        boxes = [node for node in self.nodes if is_box(node)][:MAX_BOXES]
        for node in self.labelled:
            word = self.words[node.index]
            is_button = node.cls.endswith("Button")
            takes = self._touches.of(node) is not None or (not node.enabled and self._would_be_touched(node))
            dumb = (
                not takes and not self._is_silent and word.role not in _BESIDE_SWITCH and not node.checkable
            )
            loose = not takes and not word.sure
            # What is chosen first and sent by another button (a survey) is no answer by itself.
            chosen = node.checkable and word.role in AGREEING | REFUSING
            names = not is_button and word.role in _TEXTUAL and bool(policy_spans(node.label))
            told = names and (not takes or about("reading", node.label))
            beside = word.role in AGREEING and not is_button and any(_on_row(box, node) for box in boxes)
            if dumb or loose or told or beside or chosen:
                del self.words[node.index]
        self._drop_single_documents()

    def _drop_single_documents(self) -> None:
        """Beside "agree to all", what agrees to one document is a line of a list."""
        agreeing = [n for n in self.labelled if self.role(n) in AGREEING and not n.cls.endswith("Button")]
        single = [node for node in agreeing if policy_spans(node.label)]
        if len(single) < len(agreeing):
            for node in single:
                del self.words[node.index]

    def touch(self, node: Node) -> Touch | None:
        if node.index not in self._touch:
            touch = self._touches.of(node)
            if touch is None and self._is_silent and node.enabled and node.index in self.words:
                # Nothing in the tree says that it takes touches (a canvas, an own toolkit): a person would
                # touch the words.
                touch = Touch(node.center, "label")
            self._touch[node.index] = touch
        return self._touch[node.index]

    def touches(self, node: Node) -> bool:
        """Something in the tree says that a touch on the label does something."""
        return self._touches.of(node) is not None

    def is_button(self, node: Node) -> bool:
        """Takes touches, or would if it were enabled (a countdown)."""
        return self.touch(node) is not None or (not node.enabled and self._would_be_touched(node))

    def _would_be_touched(self, node: Node) -> bool:
        return (
            node.clickable
            or counts_down(node.label)
            or any(parent.clickable for parent in self.tree.ancestors(node)[:2])
        )

    def role(self, node: Node) -> str | None:
        word = self.words.get(node.index)
        return word.role if word is not None else None

    def buttons(self, nodes: list[Node], roles: frozenset[str], unsure: bool = False) -> list[Node]:
        """Nodes of some roles that take touches."""
        return [
            node
            for node in nodes
            if (word := self.words.get(node.index)) is not None
            and word.role in roles
            and (word.sure or unsure)
            and self.is_button(node)
        ]

    # Texts

    def _index_texts(self) -> None:
        self.texts = [
            node for node in self.nodes if node.label and node.index not in self.words and not is_input(node)
        ]
        told = self.texts if len(self.texts) <= MAX_READ else self.texts[-MAX_READ:]
        self._text_at = [node.index for node in self.texts]
        self._telling = [
            node.index for node in told if len(node.label) >= SENTENCE and tells_of_data(node.label)
        ]
        self._named = [node.index for node in told if is_policy(node.label)]

    def texts_in(self, part: Node) -> list[Node]:
        return self.texts[bisect_left(self._text_at, part.index) : bisect_left(self._text_at, part.end)]

    def tells(self, part: Node) -> bool:
        """The words of a part are about a privacy policy or about someone's data, not just a link to one."""
        if _any_in(self._telling, part):
            return True
        texts = self.texts_in(part)
        if len(texts) > 60:
            return False
        if self._is_choice_of_all(part, texts):
            return True
        joined = " ".join(node.label for node in texts)
        if _any_in(self._named, part):
            unnamed = [node.label for node in texts if not is_policy(node.label)]
            if any(len(label) >= SENTENCE and talks_privacy(label) for label in unnamed):
                return True
            if weight(joined) >= 2 * SENTENCE and talks_consent(joined) and about("asks", joined):
                return True
        roles = {
            self.words[node.index].role
            for node in self.labelled
            if part.index <= node.index < part.end and self.words[node.index].sure
        }
        refuses = bool(roles & REFUSING)
        agrees = bool(roles & AGREEING) or (refuses and bool(roles & UNCLEAR))
        return agrees and speaks_of_data(joined, is_choice=refuses or bool(roles & {"manage", "optout"}))

    def _is_choice_of_all(self, part: Node, texts: list[Node]) -> bool:
        """Accept all, beside a refusal or choices, under words about privacy: a banner, whatever else it says."""
        mine = [node for node in self.labelled if part.index <= node.index < part.end]
        roles = {self.words[node.index].role for node in mine if self.words[node.index].sure}
        if not any(len(node.label) >= SENTENCE for node in texts):
            return False
        said = " ".join(node.label for node in (*texts, *mine))
        if len(said) < 2 * SENTENCE:
            return False
        # All or none, with choices between: only a banner about data is put so.
        is_whole = "manage" in roles and any(
            self.role(node) in REFUSING and refuses_whole(node.label) for node in mine
        )
        if is_whole and about("data_talk", said) and (talks_consent(said) or about("cookie_banner", said)):
            return True
        if not roles & {"manage", "confirm"} and len(roles & REFUSING) == 0:
            return False
        if not any(
            self.role(node) in AGREEING | {"allow"} and about("all", normalise(node.label)) for node in mine
        ):
            return False
        return talks_privacy(said) or about("cookie_banner", said) or (is_whole and about("data_talk", said))

    # The question

    def question(self) -> list[Node] | None:
        """The nodes of the smallest part that holds the answers and the words they answer to. None when no
        part does, or when it is a page with much else on it."""
        part = self._part()
        if part is None:
            return None
        nodes = [node for node in self.nodes if part.index <= node.index < part.end]
        if self.strangers(nodes) <= MAX_STRANGERS:
            return nodes
        return self._narrowed(nodes)

    def _part(self) -> Node | None:
        sure = self.buttons(self.nodes, AGREEING)
        agree = sure or self.buttons(self.nodes, AGREEING, unsure=True) or self.buttons(self.nodes, UNCLEAR)
        refuse = self.buttons(self.nodes, REFUSING) or self.buttons(self.nodes, WEAK)
        best: Node | None = None
        for answer in (agree or refuse)[-MAX_CANDIDATES:]:
            part = self._part_of(answer, refuse if agree else [])
            if part is not None and (best is None or part.area <= best.area):
                best = part
        return best

    def _part_of(self, answer: Node, refuse: list[Node]) -> Node | None:
        """The smallest ancestor that tells; one that also holds a refusal when that adds little."""
        found: Node | None = None
        for part in (answer, *self.tree.ancestors(answer)):
            if part.index < self.root.index:
                break
            if found is None:
                if self.tells(part):
                    found = part
                    if not refuse:
                        return found
                else:
                    continue
            if any(part.index <= node.index < part.end for node in refuse):
                if part is found:
                    return found
                grown = self.nodes_in(part)
                return part if self.strangers(grown) <= MAX_STRANGERS else found
        return found

    def nodes_in(self, part: Node) -> list[Node]:
        return [node for node in self.nodes if part.index <= node.index < part.end]

    def _narrowed(self, nodes: list[Node]) -> list[Node] | None:
        """On a flat page (a web view, a canvas) only what lies between the words and the answers counts."""
        answers = [
            node
            for node in nodes
            if self.role(node) in AGREEING | REFUSING and self.words[node.index].sure and self.is_button(node)
        ]
        telling = [node for node in nodes if node.index in set(self._telling)]
        if not answers or not telling:
            return None
        agree = [node for node in answers if self.role(node) in AGREEING] or answers
        text = min(telling, key=lambda node: abs(node.center[1] - agree[-1].center[1]))
        near = [node for node in answers if abs(node.center[1] - agree[-1].center[1]) < 500]
        box = _around([text, *near])
        inside = [
            node
            for node in nodes
            if box[0] - 60 <= node.center[0] <= box[2] + 60 and box[1] - 160 <= node.center[1] <= box[3] + 40
        ]
        return inside if self.strangers(inside) <= MAX_STRANGERS else None

    def strangers(self, nodes: list[Node]) -> int:
        """Things to touch that have neither a role nor the name of a document."""
        return sum(
            1
            for node in nodes
            if node.clickable
            and node.label
            and not node.checkable
            and len(node.label) < 40
            and (node.index not in self.words or not self.words[node.index].sure)
            and not policy_spans(node.label)
        )

    def focus(self) -> list[Node]:
        """What of the window a person answers to: the part around its answers when that is like a dialog,
        else all of it."""
        answers = [
            node
            for node in self.labelled
            # An arrow or a cross in a header answers to nothing.
            if self.role(node) in ANSWERING
            and self.is_button(node)
            and (node.text or self.role(node) not in WEAK)
        ]
        if not 1 <= len(answers) <= 4 or self.is_modal:
            return self.nodes
        first, last = answers[0], answers[-1]
        for part in self.tree.ancestors(first):
            if part.index < self.root.index:
                break
            if part.index <= last.index < part.end and self.texts_in(part):
                is_small = part.area < 0.62 * max(1, self.root.area)
                return self.nodes_in(part) if is_small else self.nodes
        return self.nodes

    @property
    def is_modal(self) -> bool:
        """Smaller than the screen: something else lies behind it."""
        left, top, right, bottom = self.root.bounds
        screen = max(1, (self.screen[2] - self.screen[0]) * (self.screen[3] - self.screen[1]))
        return (right - left) * (bottom - top) < 0.86 * screen


def _on_row(box: Node, text: Node) -> bool:
    """The text stands right of a small box, on the same line or starting on it."""
    left, top, right, bottom = box.bounds
    return (
        box is not text
        and (right - left < MAX_BOX or (box.checkable and not box.label))
        and text.bounds[0] >= left
        and text.bounds[1] - 40 <= (top + bottom) // 2 <= text.bounds[3] + 40
    )


def refuses_whole(label: str) -> bool:
    """Refuses all, or all but what is needed."""
    return about("needed", label) or about("all", normalise(label))


def _is_level(switch: Node, label: Node) -> bool:
    """A switch (not a box to tick), right of its label or the label's own."""
    return is_switch(switch) and (switch is label or switch.center[0] > label.center[0])


def is_input(node: Node) -> bool:
    return node.cls.endswith(("EditText", "AutoCompleteTextView", "TextInputEditText")) or node.password


def _repeats_child(tree: Tree, node: Node) -> bool:
    """A container that says the same as the label in it (Compose and Flutter merge descriptions)."""
    if node.text or node.end - node.index > 6:
        return False
    return any(child.text.strip() == node.label for child in tree.below(node)[1:])


def _any_in(indices: list[int], part: Node) -> bool:
    at = bisect_left(indices, part.index)
    return at < len(indices) and indices[at] < part.end


def _around(nodes: list[Node]) -> Bounds:
    return (
        min(node.bounds[0] for node in nodes),
        min(node.bounds[1] for node in nodes),
        max(node.bounds[2] for node in nodes),
        max(node.bounds[3] for node in nodes),
    )
