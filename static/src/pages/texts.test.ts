import { beforeEach, describe, expect, test } from "vitest";
import { countTexts, measured, offerInsertion, offerReadings } from "./texts";

describe("how long a text is", () => {
  test("an emoji is two units, white space around it none", () => {
    expect(measured("  😀あ \n", {}, false)).toEqual([3, 1]);
  });

  test("what is put in counts for the messages, not for the text", () => {
    expect(measured("{hours}{emergency}", { hours: 20, emergency: 4_980 }, false)).toEqual([18, 1]);
    expect(measured("{hours}{emergency}", { hours: 20, emergency: 4_981 }, false)).toEqual([18, 2]);
    expect(measured("{nothing}", {}, false)).toEqual([9, 1]);
  });

  test("readings that are left out count for nothing on LINE", () => {
    const text = "漢字《かんじ》".repeat(900);
    expect(measured(text, {}, true)).toEqual([6_300, 2]);
    expect(measured(text, {}, false)).toEqual([6_300, 1]);
  });

  test("an emoji on the border makes another message", () => {
    expect(measured("あ".repeat(4_999), {}, false)[1]).toBe(1);
    expect(measured(`${"あ".repeat(4_999)}😀`, {}, false)[1]).toBe(2);
  });
});

describe("the page", () => {
  let field: HTMLTextAreaElement;
  beforeEach(() => {
    document.body.innerHTML = `
      <ul><li data-insert="{hours}"><code>{hours}</code> 受付時間</li></ul>
      <textarea id="ja" data-lengths='{"hours": 7}' data-most="10" data-readings="shown">受付は</textarea>
      <p data-count-of="ja" data-words="{units} / {most}文字。{messages}通"></p>
      <p data-reading-for="ja" data-label="ふりがな"></p>`;
    field = document.querySelector("textarea") as HTMLTextAreaElement;
    countTexts(document);
    offerInsertion(document);
    offerReadings(document);
  });

  test("a variable lands at the cursor and is counted", () => {
    field.setSelectionRange(2, 2);
    document.querySelector<HTMLButtonElement>("[data-insert] button")?.click();
    expect(field.value).toBe("受付{hours}は");
    const line = document.querySelector("[data-count-of]");
    expect(line?.textContent).toBe("10 / 10文字。1通");
    expect(line?.hasAttribute("data-over")).toBe(false);
  });

  test("a text that is too long says so", () => {
    field.value = "長".repeat(11);
    field.dispatchEvent(new Event("input"));
    expect(document.querySelector("[data-count-of]")?.hasAttribute("data-over")).toBe(true);
  });

  test("a reading is written between its marks", () => {
    field.setSelectionRange(0, 2);
    document.querySelector<HTMLButtonElement>("[data-reading-for] button")?.click();
    expect(field.value).toBe("｜受付《》は");
    expect(field.selectionStart).toBe(4);
  });

  test("without a selection nothing is marked", () => {
    field.setSelectionRange(1, 1);
    document.querySelector<HTMLButtonElement>("[data-reading-for] button")?.click();
    expect(field.value).toBe("受付は");
  });
});
