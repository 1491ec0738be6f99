"""What a text about withdrawing or cancelling offers, asks for first, and promises.

Only what is said as a demand counts: "no ID photo is needed" and "the balance will be cleared" demand nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MAX_TEXT: Final = 40_000
_SENTENCE: Final = re.compile(r"[。！？!?；;\n]+|(?<=[a-z0-9)])\.\s+")
_NEEDS: Final = re.compile(
    r"需|须|请|提供|提交|上传|填写|输入|拍摄|验证|核验|核实|携带|寄|拨打|致电|满足|确保|要求|"
    r"\b(?:must|need|require[sd]?|requir|please|provide|upload|submit|enter|send us|verify|call|have to)\b",
    re.IGNORECASE,
)
_CLAUSE: Final = re.compile(r"[，,]\s*")
_OUTCOME: Final = re.compile(r"将|会被|后|\bwill\b")
"""What comes of it, not what is asked for."""
_DENIES: Final = re.compile(
    r"无需|无须|不需|不用|不必|不会|不要求|毋须|\bno need|\bnot (?:need|require|ask)|\bwithout\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"(?:无需|无须|不需要?|不用|不必|不会(?:要求|索取)?|不要求|毋须|没有必要)[^，,。]{0,12}$|"
    r"\b(?:no need|not (?:need|require|ask)\w*|without|don't (?:need|require))\b[^,.]{0,40}$",
    re.IGNORECASE,
)
_DEMANDS: Final[dict[str, re.Pattern[str]]] = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in {
        "id_photo": r"手持.{0,4}(?:身份证|证件)|(?:身份证|证件).{0,6}(?:照片?|正反面|影印件|复印件|扫描件)|证件照|"
        r"photo(?:graph)? of (?:your|an?) (?:id|identity|passport)|id (?:card )?(?:photo|copy|scan)",
        "id_number": r"身份证(?:号码?|件?号)|\bid (?:card )?number|national id|social security number",
        "bank_card": r"银行卡|bank card|credit card",
        "face": r"人脸|刷脸|面部(?:识别|验证)|活体|\bface (?:scan|recognition|verification)|facial",
        "history": r"(?:历史|过往|最近|曾用).{0,6}(?:订单|登录|密码|交易|充值)|(?:注册|首次登录)(?:时间|地点|城市)|"
        r"常用设备|"
        r"(?:order|login|purchase) history|(?:previous|last) (?:orders?|password)",
        "empty_balance": r"(?:余额|资产|账户资金|虚拟币)[^，。；]{0,10}(?:为零|为0|清零|结清|提现|用完|使用完)|"
        r"balance (?:must|has to|needs to) be (?:zero|empty|withdrawn)",
        "linked_apps": r"解(?:除|绑).{0,10}(?:绑定|关联|授权|第三方)|unlink|disconnect (?:all|your) (?:linked|third)",
        "phone_call": r"拨打|致电|电话(?:联系|客服|申请)|客服电话|\bcall (?:us|our|customer)|by (?:tele)?phone",
        "letter": r"邮寄|寄送|书面申请|纸质|\bby (?:post|mail)\b(?!-)|written (?:request|application)|by letter",
        "payment": r"(?:支付|缴纳|交纳).{0,6}(?:费用|手续费|元)|手续费|\bpay (?:a )?fee",
        "sms_code": r"(?:短信|手机).{0,4}验证码|验证码|sms code|verification code",
        "password": r"(?:登录|账号|账户)?密码|\bpassword\b",
    }.items()
}
_FIELD_ONLY: Final = frozenset({"id_number", "bank_card", "sms_code", "password"})
"""An input field that names it asks for it, without a verb."""
_OFFERS: Final[dict[str, re.Pattern[str]]] = {
    name: re.compile(words, re.IGNORECASE)
    for name, words in {
        "email": r"(?:邮件|邮箱|电邮|e-?mail)|[\w.+-]{1,40}@[\w-]{1,40}\.[a-z]{2,8}",
        "phone": r"客服电话|致电|拨打|\bcall (?:us|our|customer)|(?:tele)?phone us",
        "uninstall": r"卸载|uninstall|deinstall",
        "cancel_account": r"注销(?:账号|帐号|账户|您)|(?:delete|cancel|close) (?:your |the )?account",
        "system_settings": r"(?:系统|手机|设备).{0,4}(?:设置|权限)|(?:phone|device|system|android)(?:'s)? settings",
    }.items()
}
_BY: Final = re.compile(
    r"通过|可以?|请|前往|联系|发送|方式|如需|\b(?:by|via|you can|you may|please|go to|contact|send|to withdraw)\b",
    re.IGNORECASE,
)
_DAYS: Final = re.compile(
    r"([0-9]{1,3}|[一二三四五六七八九十百两]{1,4})\s*个?(工作日|自然日|天|日)|"
    r"([0-9]{1,3}|\w+teen|five|seven|ten|thirty)\s+(working|business|calendar)?\s*-?days?",
    re.IGNORECASE,
)
_PROMISE: Final = re.compile(
    r"处理|审核|完成|答复|反馈|回复|响应|核查|注销|删除|\b(?:process|review|complete|answer|reply|respond|delete|within)",
    re.IGNORECASE,
)
_REGRET: Final = re.compile(
    r"冷静期|犹豫期|反悔|放弃|撤销|恢复|取消注销|再次登录|重新登录|"
    r"cool.?off|change your mind|restore|reactivat|log ?in again",
    re.IGNORECASE,
)
_NUMBERS: Final = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_WORDS: Final = {"five": 5, "seven": 7, "ten": 10, "fifteen": 15, "thirty": 30, "fourteen": 14}


@dataclass(frozen=True, slots=True)
class Conditions:
    offers: tuple[str, ...] = ()
    """Ways that it tells of: email, phone, uninstall, cancel_account, system_settings."""
    demands: tuple[str, ...] = ()
    days: int | None = None
    """Working days in which it promises to be done; calendar days are counted as five in seven. A time in which
    the user may think better of it is no promise."""


def conditions_of(text: str, fields: tuple[str, ...] = ()) -> Conditions:
    """`fields` are the hints of input fields on the page."""
    sentences = [one.strip() for one in _SENTENCE.split(text[:MAX_TEXT]) if one.strip()]
    demands = [name for name, words in _DEMANDS.items() if any(_demanded(one, words) for one in sentences)]
    for name in _FIELD_ONLY:
        if name not in demands and any(_DEMANDS[name].search(one) for one in fields):
            demands.append(name)
    offers = [
        name
        for name, words in _OFFERS.items()
        if any(
            (match := words.search(one)) and _BY.search(one) and not _denied(one, match) for one in sentences
        )
    ]
    promised = [days for one in sentences if not _REGRET.search(one) for days in _days(one)]
    return Conditions(tuple(offers), tuple(sorted(demands)), max(promised, default=None))


def _demanded(sentence: str, words: re.Pattern[str]) -> bool:
    """In a clause that asks, or in one that goes on with the list of the clause before it."""
    asking = False
    for clause in _CLAUSE.split(sentence):
        asks = bool(_NEEDS.search(clause))
        if asks or (asking and not _OUTCOME.search(clause)):
            for match in words.finditer(clause):
                outcome = _OUTCOME.search(clause) and not _NEEDS.search(clause)
                if not outcome and not _denied(clause, match):
                    return True
        asking = (asking or asks) and not _DENIES.search(clause)
    return False


def _denied(sentence: str, match: re.Match[str]) -> bool:
    return bool(_NOT.search(sentence[: match.start()]))


def _days(sentence: str) -> list[int]:
    if not _PROMISE.search(sentence):
        return []
    found = []
    for match in _DAYS.finditer(sentence):
        number = _number(match.group(1) or match.group(3))
        unit = (match.group(2) or match.group(4) or "").lower()
        if number:
            found.append(number if unit in ("工作日", "working", "business") else max(1, number * 5 // 7))
    return found


def _number(text: str) -> int:
    if text.isdigit():
        return int(text)
    if text.lower() in _WORDS:
        return _WORDS[text.lower()]
    if "十" in text:
        before, _, after = text.partition("十")
        return _NUMBERS.get(before, 1 if not before else 0) * 10 + _NUMBERS.get(after, 0)
    return _NUMBERS.get(text, 0)
