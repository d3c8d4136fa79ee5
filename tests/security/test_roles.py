from itertools import product

import pytest

from mnclinic.errors import NotPermitted
from mnclinic.security.roles import (
    ACT_WORDS,
    BROKEN_GLASS,
    MATRIX,
    OWN_ACCOUNT,
    READING_ACTS,
    SUBJECTS,
    Act,
    Role,
    may,
    require,
    require_other_person,
    would_broken_glass_help,
)

EVERY_PAIR = list(product(Role, Act))

DIRECTOR_ALONE = {
    Act.APPROVE_VISIT,
    Act.RETURN_VISIT,
    Act.RELEASE_VISIT,
    Act.APPROVE_PROTOCOL,
    Act.APPROVE_POLICY,
    Act.APPROVE_CONSENT_TEXT,
    Act.SIGN_AUTHORISATION,
    Act.SEE_BREAK_GLASS,
}


def test_the_matrix_has_every_act_and_somebody_for_each() -> None:
    assert set(MATRIX) == set(Act)
    assert all(MATRIX.values())


@pytest.mark.parametrize(("role", "act"), EVERY_PAIR)
def test_every_role_is_let_through_or_told_who_may(role: Role, act: Act) -> None:
    if may(role, act):
        require(role, act)
        return
    with pytest.raises(NotPermitted) as caught:
        require(role, act)
    sentence = caught.value.sentence
    assert "Nothing was changed. Ask " in sentence
    assert role.value not in sentence.replace("provider", "").replace("director", "").replace(
        "administrator", ""
    ).replace("inspector", "")
    assert act.value not in sentence


def test_the_sentence_names_the_role_and_who_may_in_words() -> None:
    with pytest.raises(NotPermitted) as caught:
        require(Role.FRONT_DESK, Act.APPROVE_VISIT)
    assert caught.value.sentence == (
        "The front desk may not approve a visit. Nothing was changed. Ask the medical director."
    )
    with pytest.raises(NotPermitted, match=r"Ask the front desk, a provider or the medical director\."):
        require(Role.ADMINISTRATOR, Act.START_VISIT)


def test_only_the_director_approves() -> None:
    for act in DIRECTOR_ALONE:
        assert MATRIX[act] == {Role.DIRECTOR}


def test_an_inspector_only_reads() -> None:
    assert {act for act in Act if may(Role.INSPECTOR, act)} == READING_ACTS | OWN_ACCOUNT


def test_an_administrator_touches_no_chart_and_signs_nothing() -> None:
    chart = {Act.START_VISIT, Act.EDIT_VISIT, Act.VOID_VISIT, Act.SIGN_VISIT_AS_PERFORMER}
    assert not any(may(Role.ADMINISTRATOR, act) for act in chart | DIRECTOR_ALONE)


def test_the_front_desk_signs_and_treats_nothing() -> None:
    chart = {Act.EDIT_VISIT, Act.VOID_VISIT, Act.SIGN_VISIT_AS_PERFORMER, Act.ADD_STAFF, Act.MAKE_BUNDLE}
    assert not any(may(Role.FRONT_DESK, act) for act in chart | DIRECTOR_ALONE)


def test_an_unknown_role_is_nobody() -> None:
    with pytest.raises(ValueError, match="owner"):
        Role("owner")


def test_nobody_approves_their_own_visit() -> None:
    require_other_person({"one", "three"}, "two")
    with pytest.raises(NotPermitted, match="that they performed"):
        require_other_person({"one", "three"}, "three")


def test_every_act_stands_in_one_subject_and_has_words() -> None:
    listed = [act for acts in SUBJECTS.values() for act in acts]
    assert sorted(listed) == sorted(Act)
    assert set(ACT_WORDS) == set(Act)


def test_broken_glass_never_signs_exports_or_touches_people_and_keys() -> None:
    never = {
        *SUBJECTS["People and passwords"],
        *SUBJECTS["Keys, backups and settings"],
        *SUBJECTS["Evidence"],
        *(DIRECTOR_ALONE | {Act.SIGN_VISIT_AS_PERFORMER, Act.VOID_VISIT, Act.PRINT_DOCUMENT}),
    }
    assert not BROKEN_GLASS & never
    for role in set(Role) - MATRIX[Act.BREAK_GLASS]:
        assert {act for act in Act if may(role, act, glass_broken=True)} == {
            act for act in Act if may(role, act)
        }
    # An entry of the list that every breaker has anyway would promise something and give nothing.
    for act in BROKEN_GLASS:
        assert any(would_broken_glass_help(role, act) for role in Role), act
    for role in MATRIX[Act.BREAK_GLASS]:
        assert any(would_broken_glass_help(role, act) for act in Act), role


@pytest.mark.parametrize(("role", "act"), EVERY_PAIR)
def test_a_refusal_names_the_glass_only_where_it_would_help(role: Role, act: Act) -> None:
    if may(role, act):
        return
    with pytest.raises(NotPermitted) as caught:
        require(role, act)
    assert ("break the glass" in caught.value.sentence.partition("Ask ")[2]) == may(
        role, act, glass_broken=True
    )
