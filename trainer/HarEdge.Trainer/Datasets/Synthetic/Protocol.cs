namespace HarEdge.Trainer.Datasets.Synthetic;

/// <summary>
/// The course of one recording: standing, sitting and lying in an order that shows all six transitions, then level ground and stairs.
/// Label indices are those of HAPT's twelve activities.
/// </summary>
internal static class Protocol
{
    private const short Walking = 0;
    private const short Upstairs = 1;
    private const short Downstairs = 2;
    private const short Sitting = 3;
    private const short Standing = 4;
    private const short Laying = 5;
    private const short StandToSit = 6;
    private const short SitToStand = 7;
    private const short SitToLie = 8;
    private const short LieToSit = 9;
    private const short StandToLie = 10;
    private const short LieToStand = 11;

    /// <param name="person">Who acts.</param>
    /// <param name="random">Their random numbers.</param>
    /// <param name="secondsPerActivity">Labelled seconds of each basic activity, shared among its bouts.</param>
    public static MotionTrack Perform(Person person, RandomSource random, double secondsPerActivity)
    {
        var track = new MotionTrack();
        var performance = new Performance(person, random, track);
        double Bout(int bouts) => secondsPerActivity / bouts * random.Uniform(0.9, 1.1);

        void Stand() => performance.Rest(1, 0.5, Bout(3), Standing);
        void Sit() => performance.Rest(0.55, 0.8, Bout(2), Sitting);
        void Lie() => performance.Rest(0.35, 1.4, Bout(2), Laying);

        Stand();
        performance.Change(person.Sitting, 28, random.Uniform(1.8, 2.8), StandToSit);
        Sit();
        performance.Change(person.Standing, 30, random.Uniform(1.6, 2.6), SitToStand);
        Stand();
        performance.Change(person.Lying, 20, random.Uniform(2.8, 4.2), StandToLie);
        Lie();
        performance.Change(person.Sitting, 12, random.Uniform(2.2, 3.4), LieToSit);
        Sit();
        performance.Change(person.Lying, 10, random.Uniform(2.2, 3.4), SitToLie);
        Lie();
        performance.Change(person.Standing, 20, random.Uniform(2.8, 4.2), LieToStand);
        Stand();

        void Level() => performance.Walk(person.Level, false, Bout(2), Walking);
        void Up() => performance.Walk(person.Up, true, Bout(2), Upstairs);
        void Down() => performance.Walk(person.Down, true, Bout(2), Downstairs);

        Level();
        Down();
        Up();
        Level();
        Up();
        Down();
        return track;
    }
}
