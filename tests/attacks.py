"""Tricks by which people try to earn more time than they studied, as scripts over a course that can be the bare rule or a whole site.

`@trick(name)` scripts run on both; they answer the seconds that the trick may earn, and never is that more than the time that passed.
`@trick(name, "site")` need a door to knock at. `docs/learned-time.md` names the same tricks.
"""

from __future__ import annotations

HOUR = 3_600
TRICKS = {}


def trick(name, where="rule"):
    """The script is known by this name."""

    def known(script):
        TRICKS[name] = (where, script)
        return script

    return known


def of(where):
    return {name: script for name, (place, script) in TRICKS.items() if place == where}


@trick("client_time")
def says_it_was_an_hour(course):
    """One message a minute after opening says that an hour was played until now."""
    player = course.open(length_s=2 * HOUR)
    course.wait(60)
    course.tell(player, 0, HOUR)
    return 0


@trick("speed")
def plays_sixteen_times_as_fast(course):
    player = course.open(length_s=2 * HOUR)
    for place in range(10):
        course.wait(15)
        course.tell(player, place * 240, place * 240 + 240, rate=1_600)
    return 0


@trick("hidden_speed")
def plays_fast_and_says_it_was_not(course):
    """What could have been played at twice the speed is believed as media, but real time is all that counts."""
    player = course.open(length_s=2 * HOUR)
    for place in range(10):
        course.wait(15)
        course.tell(player, place * 35, place * 35 + 35, rate=100)
    return 150


@trick("parallel_tabs")
def opens_the_same_unit_in_five_tabs(course):
    players = [course.open(length_s=2 * HOUR) for _ in range(5)]
    for place in range(10):
        course.wait(15)
        for number, player in enumerate(players):
            course.tell(player, number * 600 + place * 15, number * 600 + place * 15 + 15)
    return 150


@trick("parallel_units")
def plays_four_units_at_once(course):
    players = [course.open(unit, length_s=2 * HOUR) for unit in range(4)]
    for place in range(10):
        course.wait(15)
        for player in players:
            course.tell(player, place * 15, place * 15 + 15)
    return 150


@trick("replay")
def sends_the_same_beat_a_hundred_times(course):
    player = course.open(length_s=2 * HOUR)
    course.wait(30)
    for _ in range(100):
        course.tell(player, 0, 30, seq=0)
        course.wait(30)
    return 30


@trick("renumbered")
def sends_it_again_under_new_numbers(course):
    """The media was counted, so it brings nothing more."""
    player = course.open(length_s=2 * HOUR)
    for _ in range(100):
        course.wait(30)
        course.tell(player, 0, 30)
    return 30


@trick("clock_ahead")
def sets_the_own_clock_an_hour_ahead(course):
    player = course.open(length_s=2 * HOUR)
    for place in range(10):
        course.wait(15)
        course.tell(player, place * 15, place * 15 + 15, client=HOUR)
    return 0


@trick("clock_back")
def sets_the_own_clock_a_day_back(course):
    """It may say that something was played earlier, never that more time passed."""
    player = course.open(length_s=2 * HOUR)
    for place in range(10):
        course.wait(15)
        course.tell(player, place * 15, place * 15 + 15, client=-24 * HOUR)
    return 150


@trick("hidden_tab")
def plays_in_the_background(course):
    player = course.open(length_s=2 * HOUR)
    for place in range(10):
        course.wait(15)
        course.tell(player, place * 15, place * 15 + 15, visible=False)
    return 0


@trick("edited_store")
def swells_what_the_browser_had_kept(course):
    """Off line for ten minutes, the kept beats are edited to tell of two hours."""
    player = course.open(length_s=2 * HOUR)
    course.wait(600)
    for place in range(8):
        course.tell(player, place * 900, place * 900 + 900, client=place * 75 - 600)
    return 600


@trick("kept_back")
def hands_in_more_than_was_kept(course):
    """Three units opened together are played "off line" each for the whole half hour: it was half an hour, once."""
    players = [course.open(unit, length_s=2 * HOUR) for unit in range(3)]
    course.wait(1_800)
    for player in players:
        for place in range(6):
            course.tell(player, place * 300, place * 300 + 300, client=(place + 1) * 300 - 1_800)
    return 1_800


@trick("repeated_viewing")
def plays_the_film_over_and_over(course):
    player = course.open(length_s=120)
    for _ in range(20):
        for place in range(4):
            course.wait(30)
            course.tell(player, place * 30, place * 30 + 30)
    return 120


@trick("viewings_beyond_policy")
def plays_it_more_often_than_the_policy_counts(course):
    player = course.open(length_s=120, viewings=2)
    for _ in range(20):
        for place in range(4):
            course.wait(30)
            course.tell(player, place * 30, place * 30 + 30)
    return 240


@trick("stalled")
def lets_the_player_stand(course):
    """Paused, or waiting for the network: no media, no time."""
    player = course.open(length_s=2 * HOUR)
    for _ in range(100):
        course.wait(30)
        course.tell(player, 40, 40)
    return 0


@trick("crawl")
def lets_one_second_take_an_hour(course):
    """A beat counts no more than it played, and two seconds for whole-second clocks."""
    player = course.open(length_s=2 * HOUR)
    for place in range(10):
        course.wait(HOUR)
        course.tell(player, place, place + 1)
    return 10


@trick("jump_to_end")
def drags_the_bar_to_the_end(course):
    player = course.open(length_s=2 * HOUR)
    course.wait(10)
    course.tell(player, 0, 2 * HOUR)
    course.wait(10)
    course.tell(player, 2 * HOUR - 10, 2 * HOUR)
    return 10


@trick("past_the_end")
def plays_what_the_unit_has_not(course):
    player = course.open(length_s=60)
    for place in range(10):
        course.wait(30)
        course.tell(player, 60 + place * 30, 90 + place * 30)
    return 0


@trick("year_in_a_minute")
def runs_the_script_that_is_sold(course):
    """Seventy-two units of an hour "finished" within a minute, in sixty beats each, as such scripts do."""
    for unit in range(72):
        player = course.open(unit % 4, length_s=HOUR)
        for place in range(60):
            course.tell(player, place * 60, place * 60 + 60)
    course.wait(60)
    return 0


@trick("year_in_a_minute_patient")
def runs_it_with_believable_steps(course):
    """The same, each beat small enough to be believed: there were sixty seconds, and no more are counted."""
    players = [course.open(unit, length_s=HOUR) for unit in range(4)]
    for second in range(60):
        course.wait(1)
        for player in players:
            for step in range(5):
                course.tell(player, second * 10 + step, second * 10 + step + 2)
    return 60


@trick("many_openings")
def opens_the_unit_again_and_again(course):
    """Old players are forgotten and stay so; whatever they send counts nothing anew."""
    players = [course.open(length_s=2 * HOUR) for _ in range(40)]
    course.wait(60)
    for player in players:
        course.tell(player, 0, 60)
    for player in players:
        course.tell(player, 0, 60, seq=0)
    return 60


@trick("several_accounts")
def lets_one_script_study_for_three_people(course):
    """Each account earns the time that passed, as three people would; who shares a device is looked at (anomalies)."""
    players = [course.open(teacher=teacher, length_s=2 * HOUR) for teacher in range(3)]
    for place in range(10):
        course.wait(15)
        for player in players:
            course.tell(player, place * 15, place * 15 + 15)
    return 150


@trick("idle_document")
def leaves_a_document_open(course):
    player = course.open(length_s=2 * HOUR, needs_activity=1)
    for place in range(10):
        course.wait(30)
        course.tell(player, place * 30, place * 30 + 30, active=False)
    return 0


@trick("nobody_there")
def lets_the_film_run_in_an_empty_room(course):
    """The prompt after ten minutes goes unanswered: it counts until it is due, and the time that it leaves to answer."""
    player = course.open(length_s=9 * HOUR, prompt_every_s=600, prompt_within_s=120)
    for place in range(200):
        course.wait(30)
        course.tell(player, place * 30, place * 30 + 30)
    return 720


@trick("around_the_clock")
def studies_for_twenty_hours_on_end(course):
    """A policy with a cap counts eight hours of a day."""
    players = [course.open(unit, length_s=9 * HOUR, day_cap_s=4 * HOUR) for unit in range(2)]
    for place in range(600):
        course.wait(30)
        course.tell(players[place % 2], place * 30, place * 30 + 30)
    return 4 * HOUR


@trick("shuffled")
def sends_beats_in_another_order(course):
    """The last first: what comes after with a lower number is a replay."""
    player = course.open(length_s=2 * HOUR)
    course.wait(300)
    for place in (9, 3, 7, 1, 0):
        course.tell(player, place * 30, place * 30 + 30, seq=place)
    return 30


@trick("script_in_real_time")
def runs_a_script_that_waits(course):
    """It earns what it waits, and stops where somebody has to answer; it cannot be faster than a person who studies."""
    player = course.open(length_s=2 * HOUR, prompt_every_s=600, prompt_within_s=120)
    for place in range(60):
        course.wait(15)
        course.tell(player, place * 15, place * 15 + 15)
    return 720


@trick("forged_beats", "site")
def sends_beats_without_a_token_or_with_one_of_its_own_making(site):
    """Nothing is taken: no token, another's signature, a longer unit, rules without limits, an older opening."""
    honest = site.open(length_s=600)
    claims = honest.claims
    forged = [
        "",
        "x.y",
        honest.token.replace(".", ".A", 1),
        site.own_token(claims),
        *(
            site.with_signature_of(honest, claims._replace(**change))
            for change in ({"length_s": 9 * HOUR}, {"opened_at": claims.opened_at - HOUR}, {"teacher_id": claims.teacher_id + 1})
        ),
    ]
    site.wait(600)
    assert [site.status({"token": token, "beats": [honest.beat(0, 600, site.now)]}) for token in forged] == [401] * len(forged)
    return 0


@trick("old_token", "site")
def keeps_a_token_for_three_days(site):
    """Beats may come late by two days, not by three."""
    player = site.open(length_s=9 * HOUR)
    site.wait(72 * HOUR)
    assert site.status(player.post(player.beat(0, HOUR, site.now))) == 401
    return 0


@trick("presence_script", "site")
def answers_prompts_by_script(site):
    """An answer names the prompt that is due; made up, or used before, it answers nothing."""
    player = site.open(length_s=9 * HOUR, prompt_every_s=600, prompt_within_s=60)
    used = ""
    for place in range(60):
        site.wait(30)
        answer = site.beat(player, place * 30, place * 30 + 30, presence=used or "0" * 32)
        used = used or answer.get("prompt", {}).get("nonce", "")
    # The one answer that named its prompt counted: twice ten minutes, and the minute that the last prompt leaves.
    return 1_260


@trick("another_unit", "site")
def opens_what_was_never_chosen(site):
    """A player is opened for a unit of one's own courses only; there is no token without that."""
    site.refused_stranger()
    return 0


@trick("forged_statements", "site")
def says_it_in_the_standards_words(site):
    """A statement without a provider's key is not taken, and none makes time here: our own beats do."""
    site.unsigned_statement()
    return 0
