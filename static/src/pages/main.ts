// The script of the server-rendered pages: what they cannot do with forms alone.
import { offerReadingAloud } from "./aloud";
import { liveDraft } from "./builder";
import { offerCopying } from "./copy";
import { offerNarrowing } from "./narrow";
import { sendOnce } from "./once";
import { drawOpening } from "./opening";
import { offerPasskeys } from "./passkeys";
import { keepRecord } from "./record";
import { countTexts, offerInsertion, offerReadings } from "./texts";

sendOnce(document);
offerCopying(document);
offerNarrowing(document);
drawOpening(document);
offerPasskeys(document);
countTexts(document);
offerInsertion(document);
offerReadings(document);
liveDraft(document);
keepRecord(document);
offerReadingAloud(document);
