import HTTPTypes

extension HTTPFields {
    /// A field that HTTPTypes has no constant for. A malformed name reads as absent.
    subscript(named name: String) -> String? {
        get { HTTPField.Name(name).flatMap { self[$0] } }
        set { if let name = HTTPField.Name(name) { self[name] = newValue } }
    }
}
