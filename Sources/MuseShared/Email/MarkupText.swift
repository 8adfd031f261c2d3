/// The words of an HTML fragment that somebody else wrote.
///
/// The result is text and is escaped like any other: no markup of a caller reaches a guest's mailbox.
enum MarkupText {
    static func words(of html: String) -> String {
        var text = html.replacing("\r\n", with: "\n")
        // What stands in these is not meant to be read.
        text.replace(
            /<(?<name>script|style|title)\b[^>]*>.*?<\/\k<name>\s*>/.ignoresCase().dotMatchesNewlines(), with: "")
        text.replace(/<!--.*?-->/.dotMatchesNewlines(), with: "")
        text.replace(/\s+/, with: " ")
        text.replace(/<br\s*\/?>\s*|<\/(li|tr|div)\s*>\s*/.ignoresCase(), with: "\n")
        text.replace(/<\/(p|h[1-6]|table|ul|ol|blockquote)\s*>\s*/.ignoresCase(), with: "\n\n")
        text.replace(/<[A-Za-z\/!?][^<>]*>/, with: "")
        for (entity, character) in entities { text.replace(entity, with: character) }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
            .map { line in line.split(separator: " ").joined(separator: " ") }
            .joined(separator: "\n")
            .replacing(/\n{3,}/, with: "\n\n")
            .trimming(while: \.isWhitespace)
    }

    /// `&amp;` last, or `&amp;lt;` would be read twice.
    private static let entities = [
        ("&nbsp;", " "), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&apos;", "'"),
        ("&amp;", "&"),
    ]
}

extension String {
    fileprivate func trimming(while isRemoved: (Character) -> Bool) -> String {
        let start = trimmingPrefix(while: isRemoved)
        guard let last = start.lastIndex(where: { !isRemoved($0) }) else { return "" }
        return String(start[...last])
    }
}
