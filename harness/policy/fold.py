"""One written form for words that are written in many: what is compared in notices is always folded first."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_TRADITIONAL: Final = (
    "隱隐 裝装 設设 備备 識识 別别 號号 碼码 訊讯 資资 網网 絡络 絡络 連连 線线 態态 狀状 標标 電电 話话 錄录 機机 "
    "應应 軟软 體体 運运 營营 類类 歷历 剪剪 貼贴 簡简 傳传 輸输 處处 權权 護护 條条 協协 議议 開开 關关 閉闭 啟启 "
    "動动 務务 統统 計计 廣广 告告 個个 訪访 問问 讀读 寫写 採采 蒐搜 儲储 單单 據据 庫库 檔档 圖图 頻频 視视 聲声 "
    "語语 麥麦 風风 攝摄 頭头 陀陀 螺螺 儀仪 傳传 鄰邻 藍蓝 無无 範范 圍围 經经 緯纬 遠远 們们 與与 將将 從从 為为 "
    "給给 對对 會会 並并 過过 這这 還还 後后 來来 時时 間间 長长 滿满 歲岁 兒儿 監监 註注 銷销 帳账 戶户 撤撤 授授 "
    "覽览 複复 製制 刪删 補补 滿满 償偿 讓让 轉转 託托 內内 國国 區区 臺台 灣湾 發发 佈布 佈布 變变 確确 認认 證证 "
    "驗验 實实 極极 僅仅 須须 項项 選选 擇择 種种 總总 稱称 業业 場场 產产 廠厂 東东 藝艺 陸陆 規规 則则 屬属 構构 "
    "擴扩 組组 織织 責责 職职 聯联 繫系 係系 費费 達达 適适 滾滚 衛卫 術术 優优 點点 獲获 減减 險险 壞坏 漏漏 頁页"
)  # fmt: skip
_SIMPLE: Final = {ord(pair[0]): pair[1] for pair in _TRADITIONAL.split()}
_SPACES: Final = re.compile(r"\s+")
_BESIDE_CHINESE: Final = re.compile(r"(?<=[\u3400-\u9fff。、《》“”]) | (?=[\u3400-\u9fff。、《》“”])")
_WIFI: Final = re.compile(r"\bwi[- ]fi|\bwlan", re.ASCII)


def folded(text: str) -> str:
    """Full width, letter case, traditional characters, spacing and Wi-Fi/WLAN no longer differ."""
    text = unicodedata.normalize("NFKC", text).lower().translate(_SIMPLE)
    # What Taiwan calls 資訊 and 裝置.
    text = text.replace("资讯", "信息").replace("装置", "设备")
    text = _BESIDE_CHINESE.sub("", _SPACES.sub(" ", text).strip())
    return _WIFI.sub("wifi", text)
