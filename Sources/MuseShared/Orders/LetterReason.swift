/// Why a letter comes, for its foot.
enum LetterReason {
    static let ordered = "You get this because you ordered with this address."
    static let guest = "You get this because you are our guest."
}
