"""The drawn face and body: outlines and zones, in units of a sheet of 240 by 290.

The right side of the patient lies at the left of the front views, as for whoever stands before them. A path
is written with M, L, C and Z and absolute places. What is drawn for one side is mirrored for the other.
"""

from dataclasses import dataclass
from functools import cache

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QTransform

from mnclinic.domain.treatment import Area, Side

WIDTH, HEIGHT = 240, 290
_POINTS = {"M": 1, "L": 1, "C": 3}
FRONT, RIGHT, LEFT, BODY = "front", "right", "left", "body"


@dataclass(frozen=True)
class Zone:
    """A place that can be treated: its shape, and where its depth is written."""

    area: Area
    side: Side
    shape: QPainterPath
    label_at: QPointF

    @property
    def code(self) -> str:
        """The zone in one word, as names of widgets hold it."""
        return f"{self.area.value}.{self.side.value}"


@dataclass(frozen=True)
class Drawing:
    """One view: what is filled, what is only drawn, the zones in the order of the keyboard, never-zones."""

    ground: tuple[QPainterPath, ...]
    lines: tuple[QPainterPath, ...]
    zones: tuple[Zone, ...]
    never: tuple[QPainterPath, ...] = ()
    """Inside the orbital rim: no zone at all."""


def _path(text: str) -> QPainterPath:
    made, words = QPainterPath(), text.split()
    at = 0
    while at < len(words):
        act = words[at]
        at += 1
        if act == "Z":
            made.closeSubpath()
            continue
        numbers = [float(one) for one in words[at : at + 2 * _POINTS[act]]]
        points = [QPointF(numbers[one], numbers[one + 1]) for one in range(0, len(numbers), 2)]
        at += len(numbers)
        if act == "M":
            made.moveTo(points[0])
        elif act == "L":
            made.lineTo(points[0])
        else:
            made.cubicTo(*points)
    return made


def _mirrored(path: QPainterPath) -> QPainterPath:
    return QTransform(-1, 0, 0, 1, WIDTH, 0).map(path)


def _pair(area: Area, text: str, x: float, y: float) -> tuple[Zone, Zone]:
    """A zone of the patient's right side, drawn at the left, and its fellow."""
    shape = _path(text)
    return (
        Zone(area, Side.RIGHT, shape, QPointF(x, y)),
        Zone(area, Side.LEFT, _mirrored(shape), QPointF(WIDTH - x, y)),
    )


def _middle(area: Area, text: str, x: float, y: float) -> Zone:
    return Zone(area, Side.MIDLINE, _path(text), QPointF(x, y))


def _both(*texts: str) -> tuple[QPainterPath, ...]:
    return tuple(one for text in texts for one in (_path(text), _mirrored(_path(text))))


def _front() -> Drawing:
    head = _path(
        "M 120 8 C 176 8 194 56 193 104 C 192 150 184 190 160 222 C 148 238 134 246 120 246 "
        "C 106 246 92 238 80 222 C 56 190 48 150 47 104 C 46 56 64 8 120 8 Z"
    )
    neck = _path(
        "M 88 226 C 90 250 86 264 66 272 C 50 278 38 283 30 290 L 210 290 C 202 283 190 278 174 272 "
        "C 154 264 150 250 152 226 Z"
    )
    ears = _both("M 48 106 C 38 98 33 106 35 120 C 37 136 43 150 52 148 Z")
    lines = (
        *_both(
            "M 70 102 C 78 95 92 95 103 101",
            "M 71 116 C 78 107 96 107 104 117 C 96 124 79 124 71 116 Z",
            "M 82 115 C 82 109 93 109 93 115 C 93 121 82 121 82 115 Z",
            "M 109 168 C 105 166 104 161 107 157",
        ),
        _path("M 97 198 C 104 193 113 191 120 194 C 127 191 136 193 143 198"),
        _path("M 97 198 C 108 201 132 201 143 198"),
        _path("M 100 200 C 107 208 133 208 140 200"),
    )
    never = _both("M 66 115 C 74 101 100 101 108 116 C 100 129 75 129 66 115 Z")
    zones = (
        _middle(
            Area.SCALP,
            "M 56 58 C 66 24 94 12 120 12 C 146 12 174 24 184 58 C 166 38 142 33 120 33 "
            "C 98 33 74 38 56 58 Z",
            120,
            23,
        ),
        _middle(
            Area.FOREHEAD,
            "M 66 57 C 84 40 156 40 174 57 C 183 66 186 78 184 91 C 168 84 148 86 135 92 L 105 92 "
            "C 92 86 72 84 56 91 C 54 78 57 66 66 57 Z",
            120,
            67,
        ),
        _middle(
            Area.GLABELLA,
            "M 107 96 C 112 93 128 93 133 96 C 135 104 134 112 130 117 C 125 120 115 120 110 117 "
            "C 106 112 105 104 107 96 Z",
            120,
            107,
        ),
        *_pair(
            Area.PERIORBITAL,
            "M 60 99 C 54 106 53 120 58 129 C 66 140 94 142 107 133 C 110 130 111 127 111 123 "
            "C 104 132 76 135 65 121 C 61 114 61 106 60 99 Z",
            50,
            121,
        ),
        _middle(
            Area.NOSE,
            "M 113 123 C 111 138 106 149 102 158 C 101 169 110 173 120 173 C 130 173 139 169 138 158 "
            "C 134 149 129 138 127 123 C 124 126 116 126 113 123 Z",
            120,
            147,
        ),
        *_pair(
            Area.CHEEKBONE,
            "M 50 124 C 50 134 51 143 53 151 C 66 147 84 149 97 154 C 99 150 101 145 102 140 "
            "C 90 147 68 146 58 136 C 54 132 52 128 50 124 Z",
            68,
            147,
        ),
        *_pair(
            Area.CHEEK,
            "M 54 156 C 66 151 84 153 97 159 C 98 166 97 172 93 178 C 91 186 91 192 91 200 "
            "C 80 199 70 193 63 185 C 58 176 55 166 54 156 Z",
            75,
            174,
        ),
        _middle(
            Area.UPPER_LIP,
            "M 97 192 C 96 183 105 177 120 177 C 135 177 144 183 143 192 C 136 187 128 187 120 190 "
            "C 112 187 104 187 97 192 Z",
            120,
            184,
        ),
        *_pair(
            Area.JAW,
            "M 58 183 C 63 201 74 219 92 235 C 97 233 98 226 97 218 C 96 211 94 206 91 204 "
            "C 78 203 66 195 58 183 Z",
            81,
            212,
        ),
        _middle(
            Area.CHIN,
            "M 101 213 C 108 208 132 208 139 213 C 142 224 136 239 120 241 C 104 239 98 224 101 213 Z",
            120,
            225,
        ),
        _middle(
            Area.NECK,
            "M 92 242 C 104 253 136 253 148 242 C 149 254 153 263 164 271 C 150 281 90 281 76 271 "
            "C 87 263 91 254 92 242 Z",
            120,
            264,
        ),
    )
    return Drawing((neck, *ears, head), lines, zones, never)


def _right_profile() -> Drawing:
    """The patient's right side, who looks to the right of the picture."""
    neck = _path("M 60 190 C 64 226 60 256 38 290 L 150 290 C 142 276 138 262 140 240 L 150 214 L 100 170 Z")
    head = _path(
        "M 112 8 C 152 8 182 36 187 76 C 188 86 187 92 185 99 C 184 105 186 110 189 116 "
        "C 195 128 204 140 209 149 C 211 155 204 159 197 160 C 195 163 196 166 199 171 "
        "C 201 177 198 181 194 183 "
        "C 198 187 199 192 195 196 C 191 200 191 204 193 210 C 197 222 192 234 180 239 "
        "C 166 244 150 242 138 238 "
        "C 112 232 92 214 84 194 C 58 190 32 166 26 124 C 18 60 56 8 112 8 Z"
    )
    ear = _path(
        "M 84 118 C 90 106 106 108 106 124 C 106 136 98 142 96 152 C 92 162 84 156 85 144 "
        "C 86 136 82 128 84 118 Z"
    )
    lines = (
        ear,
        _path("M 161 102 C 168 97 178 97 184 100"),
        _path("M 164 117 C 170 108 180 109 184 114"),
        _path("M 164 117 C 172 123 180 122 184 114"),
        _path("M 194 183 C 187 184 180 183 175 187"),
        _path("M 192 158 C 186 158 183 154 185 149"),
    )
    never = (_path("M 158 115 C 164 103 180 102 187 112 C 184 127 166 129 158 115 Z"),)
    zones = (
        _side(
            Area.SCALP,
            "M 34 84 C 42 34 92 4 142 22 C 136 36 131 52 131 74 C 122 88 112 94 108 104 "
            "C 92 100 80 104 78 118 "
            "C 62 124 44 122 32 118 C 30 106 31 94 34 84 Z",
            82,
            66,
        ),
        _side(
            Area.FOREHEAD,
            "M 147 24 C 168 34 182 56 183 80 C 184 86 183 90 182 94 C 168 92 152 94 139 99 "
            "C 134 80 136 46 147 24 Z",
            160,
            66,
        ),
        _side(
            Area.PERIORBITAL,
            "M 140 103 C 145 101 151 101 154 103 C 151 110 152 120 160 127 C 166 131 173 131 179 128 "
            "C 180 132 178 136 172 138 C 156 140 142 130 139 116 C 138 111 138 106 140 103 Z",
            149,
            124,
        ),
        _side(
            Area.NOSE,
            "M 186 112 C 190 124 200 138 206 150 C 204 157 194 158 188 156 C 183 150 182 142 183 132 "
            "C 184 124 185 118 186 112 Z",
            192,
            145,
        ),
        _side(
            Area.CHEEKBONE,
            "M 110 116 C 118 110 128 110 135 114 C 137 130 150 143 168 143 C 173 142 177 140 180 138 "
            "C 180 144 181 149 183 153 C 160 157 130 152 112 142 C 108 134 107 123 110 116 Z",
            130,
            138,
        ),
        _side(
            Area.CHEEK,
            "M 110 147 C 132 157 160 161 181 158 C 180 164 176 170 172 177 C 170 186 172 194 168 204 "
            "C 146 204 124 192 112 172 C 108 164 107 154 110 147 Z",
            142,
            178,
        ),
        _side(
            Area.UPPER_LIP,
            "M 185 161 C 190 161 194 164 197 171 C 198 176 195 179 190 180 C 184 181 178 182 174 184 "
            "C 173 176 179 165 185 161 Z",
            186,
            172,
        ),
        _side(
            Area.JAW,
            "M 96 166 C 104 190 132 208 166 209 C 163 218 164 228 169 237 C 142 240 112 228 98 202 "
            "C 91 190 90 176 96 166 Z",
            124,
            216,
        ),
        _side(
            Area.CHIN,
            "M 173 206 C 180 203 186 203 189 206 C 194 218 190 230 180 235 C 172 237 166 226 168 216 "
            "C 169 211 171 208 173 206 Z",
            179,
            220,
        ),
        _side(
            Area.NECK,
            "M 76 200 C 88 224 108 238 132 244 C 131 258 133 270 138 281 L 60 281 C 72 256 78 228 76 200 Z",
            98,
            258,
        ),
    )
    return Drawing((neck, head), lines, zones, never)


PAIRED = frozenset({Area.PERIORBITAL, Area.CHEEKBONE, Area.CHEEK, Area.JAW, Area.HAND})
"""The areas of which there are two."""


def _side(area: Area, text: str, x: float, y: float) -> Zone:
    side = Side.RIGHT if area in PAIRED else Side.MIDLINE
    return Zone(area, side, _path(text), QPointF(x, y))


def _left_profile() -> Drawing:
    right = _right_profile()
    zones = tuple(
        Zone(
            one.area,
            Side.LEFT if one.side is Side.RIGHT else one.side,
            _mirrored(one.shape),
            QPointF(WIDTH - one.label_at.x(), one.label_at.y()),
        )
        for one in right.zones
    )
    return Drawing(
        tuple(map(_mirrored, right.ground)),
        tuple(map(_mirrored, right.lines)),
        zones,
        tuple(map(_mirrored, right.never)),
    )


def _body() -> Drawing:
    head = _path(
        "M 120 6 C 140 6 147 22 146 38 C 145 56 134 70 120 70 C 106 70 95 56 94 38 C 93 22 100 6 120 6 Z"
    )
    trunk = _path(
        "M 109 62 C 109 76 104 82 90 86 C 68 90 58 98 55 114 C 51 138 46 164 38 194 C 34 206 30 214 29 224 "
        "C 28 238 36 246 43 240 C 49 234 50 222 52 210 C 60 188 68 166 73 142 C 76 160 76 176 74 196 "
        "C 70 222 68 252 70 290 L 170 290 C 172 252 170 222 166 196 C 164 176 164 160 167 142 "
        "C 172 166 180 188 188 210 C 190 222 191 234 197 240 C 204 246 212 238 211 224 "
        "C 210 214 206 206 202 194 "
        "C 194 164 189 138 185 114 C 182 98 172 90 150 86 C 136 82 131 76 131 62 Z"
    )
    lines = (
        *_both("M 82 100 C 92 102 104 103 114 106"),
        _path("M 120 218 C 117 218 117 224 120 224 C 123 224 123 218 120 218 Z"),
    )
    zones = (
        _middle(
            Area.SCALP,
            "M 97 30 C 99 14 108 9 120 9 C 132 9 141 14 143 30 C 134 22 106 22 97 30 Z",
            120,
            17,
        ),
        _middle(
            Area.NECK,
            "M 110 68 C 114 73 126 73 130 68 C 131 77 134 82 140 85 C 130 91 110 91 100 85 "
            "C 106 82 109 77 110 68 Z",
            120,
            80,
        ),
        _middle(
            Area.DECOLLETAGE,
            "M 84 96 C 104 93 136 93 156 96 C 160 108 154 124 140 132 C 128 137 112 137 100 132 "
            "C 86 124 80 108 84 96 Z",
            120,
            114,
        ),
        _middle(
            Area.ABDOMEN,
            "M 88 182 C 104 176 136 176 152 182 C 157 206 157 232 152 254 C 136 262 104 262 88 254 "
            "C 83 232 83 206 88 182 Z",
            120,
            206,
        ),
        *_pair(
            Area.HAND,
            "M 36 206 C 42 203 48 205 50 211 C 49 224 47 236 41 240 C 34 242 30 234 31 224 "
            "C 32 217 34 211 36 206 Z",
            40,
            223,
        ),
    )
    return Drawing((head, trunk), lines, zones)


@cache
def drawing(view: str) -> Drawing:
    """The drawing of a view: FRONT, RIGHT, LEFT (profiles) or BODY."""
    return {FRONT: _front, RIGHT: _right_profile, LEFT: _left_profile, BODY: _body}[view]()
