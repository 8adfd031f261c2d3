/// How long to wait after a failure: ever longer, up to an end, and by chance, so that those who failed together do
/// not come back together.
struct Backoff: Sendable {
    /// Milliseconds after the first failure.
    let first: Int64
    /// By how much the wait grows with each further one.
    let factor: Int64
    let longest: Int64
    /// A value from 0 up to and without 1.
    var chance: @Sendable () -> Double = { Double.random(in: 0..<1) }

    /// Between a quarter of the wait and all of it.
    ///
    /// - Parameter failures: how many there were in a row, at least 1.
    func milliseconds(after failures: Int64) -> Int64 {
        var whole = min(first, longest)
        for _ in 1..<max(2, min(failures, 64)) where failures > 1 {
            whole = min(longest, whole.multipliedClamped(by: factor))
        }
        let quarter = whole / 4
        return quarter.addedClamped(to: Int64(Double(whole - quarter) * chance()))
    }
}
