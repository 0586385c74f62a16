"""Words and JSON at the door: measured, cut, refused, repaired, folded. Pure: no database, no clock."""

from counseling.text.cutting import cluster_ends, is_blank, split_utf16, utf16_length
from counseling.text.folding import Folded, normalise
from counseling.text.strict_json import UnacceptableJson, parse_object, strict_int, strict_uuid
from counseling.text.words import UnacceptableText, clean, repair

__all__ = [
    "Folded",
    "UnacceptableJson",
    "UnacceptableText",
    "clean",
    "cluster_ends",
    "is_blank",
    "normalise",
    "parse_object",
    "repair",
    "split_utf16",
    "strict_int",
    "strict_uuid",
    "utf16_length",
]
