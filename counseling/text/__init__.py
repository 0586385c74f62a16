"""Words and JSON at the door: measured, cut, refused, repaired, folded. Pure: no database, no clock."""

from counseling.text.cutting import LINE_PUSH_TEXTS, cluster_ends, is_blank, split_utf16, utf16_length, within_a_push
from counseling.text.folding import Folded, normalise
from counseling.text.strict_json import UnacceptableJson, parse_object, strict_int, strict_uuid
from counseling.text.words import UnacceptableText, clean, in_one_way, is_storable, repair

__all__ = [
    "LINE_PUSH_TEXTS",
    "Folded",
    "UnacceptableJson",
    "UnacceptableText",
    "clean",
    "cluster_ends",
    "in_one_way",
    "is_blank",
    "is_storable",
    "normalise",
    "parse_object",
    "repair",
    "split_utf16",
    "strict_int",
    "strict_uuid",
    "utf16_length",
    "within_a_push",
]
