/// What a tip in percent comes to.
public enum Tip {
    /// On an amount before tax, rounded half up to what a card can be charged; as the checkout's script rounds.
    public static func percent(_ percent: Int64, of base: Int64, in currency: Currency) -> Int64 {
        (try? base.scaledHalfUp(by: percent, over: 100, step: currency.stepMinor)) ?? 0
    }
}
