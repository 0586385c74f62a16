// The script of the server-rendered pages: what they cannot do with forms alone.
import { offerCopying } from "./copy";
import { sendOnce } from "./once";
import { offerPasskeys } from "./passkeys";

sendOnce(document);
offerCopying(document);
offerPasskeys(document);
