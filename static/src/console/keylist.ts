// The list of the keys, in Japanese and English.
type Keys = [string, string][];

export const keysJa: Keys = [
  ["Alt+1 / Alt+2", "左/右の相談に移る"],
  ["Alt+↑ / Alt+↓", "前/次の担当中の相談を表示する"],
  ["Alt+U", "未読のある相談に移る"],
  ["Alt+N", "次の相談を受ける"],
  ["Alt+Q", "待機列に移る"],
  ["Alt+I", "くわしいこと(右の欄)に移る"],
  ["Alt+M", "内部メモに移る"],
  ["Alt+W", "ささやきに移る"],
  ["Alt+R", "緊急度を確認する"],
  ["Alt+S", "SVに相談する"],
  ["Alt+K", "SVを緊急で呼ぶ"],
  ["Ctrl+Enter / ⌘+Enter", "メッセージを送る"],
  ["Ctrl+K / ⌘+K", "定型文を開く"],
  ["Esc", "定型文や窓を閉じる"],
  ["? / Ctrl+/", "この一覧を開く"],
];

export const keysEn: Keys = [
  ["Alt+1 / Alt+2", "Go to the left / right talk"],
  ["Alt+↑ / Alt+↓", "Show the previous / next of my sessions"],
  ["Alt+U", "Go to a session with unread words"],
  ["Alt+N", "Take the next session"],
  ["Alt+Q", "Go to the queue"],
  ["Alt+I", "Go to the details on the right"],
  ["Alt+M", "Go to the staff note"],
  ["Alt+W", "Go to the whispers"],
  ["Alt+R", "Check the risk"],
  ["Alt+S", "Ask a supervisor"],
  ["Alt+K", "Call a supervisor urgently"],
  ["Ctrl+Enter / ⌘+Enter", "Send the message"],
  ["Ctrl+K / ⌘+K", "Open the canned replies"],
  ["Esc", "Close canned replies or a window"],
  ["? / Ctrl+/", "Open this list"],
];
