//! Taking backups, and taking them back.

use std::fs::{self, DirBuilder};
use std::path::{Path, PathBuf};

use cotreat_knowledge::{Place, Problem};
use cotreat_store::backup::{self, Label, Restored, Rows};
use cotreat_store::database::Address;
use cotreat_store::stage::{Progress, Stage};
use cotreat_store::{Projection, Schema, Upgrade};
use jiff::Timestamp;

use super::archive::{self, Unfinished};
use super::config::Settings;
use super::envelope::{Opener, Seal};
use super::opening;

/// A backup that was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// How many rows of each table it holds.
    pub rows: Rows,
    /// Older ones that were deleted because the settings say so.
    pub deleted: Vec<PathBuf>,
}

/// Where a backup goes, and what it says about itself.
#[derive(Clone, Debug)]
pub struct Order {
    /// A file, instead of one in the folder of the settings.
    pub into: Option<PathBuf>,
    /// Hash of the knowledge in force.
    pub knowledge: Option<String>,
    /// When it is taken.
    pub now: Timestamp,
}

impl Order {
    fn label(&self) -> Label {
        Label {
            taken_at: self.now,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            knowledge: self.knowledge.clone(),
        }
    }

    fn place(&self, settings: &Settings) -> Result<PathBuf, Problem> {
        if let Some(file) = &self.into {
            return Ok(file.clone());
        }
        let folder = settings.backup.folder.as_ref().ok_or_else(|| {
            Problem::new(
                Place::file("backup.folder"),
                "no folder for backups is named",
            )
            .help("write it into the settings, or name a file")
        })?;
        make_folder(folder).map_err(|error| {
            Problem::new(
                Place::file(&folder.display().to_string()),
                error.to_string(),
            )
            .help("name a folder that you may write to")
        })?;
        Ok(folder.join(archive::name(self.now)))
    }
}

/// Takes a backup while the server goes on.
///
/// # Errors
/// The settings name nobody who could open it, or no place; the database cannot be read; the disk failed. Nothing half-written is left.
pub async fn take(
    settings: &Settings,
    order: &Order,
    progress: Progress<'_>,
) -> Result<Taken, Problem> {
    let seal = Seal::of(&settings.backup)?;
    let key = opening::key(settings)?;
    let database = opening::beside(settings).await?;
    let place = order.place(settings)?;
    let (unfinished, mut writer) = Unfinished::begin(&place, seal)?;
    let rows = database
        .backup_to(&key, &order.label(), &mut writer, &mut |done| {
            progress(Stage::Rows, done);
        })
        .await
        .map_err(|error| opening::problem(settings, &error))?;
    database.close().await;
    let bytes = unfinished.finish(writer)?;
    taken(settings, order, place, bytes, rows)
}

/// Takes a backup before an upgrade, which keeps every writer out.
pub(super) async fn before(
    upgrade: &Upgrade,
    settings: &Settings,
    order: &Order,
    progress: Progress<'_>,
) -> Result<Taken, Problem> {
    let place = order.place(settings)?;
    let (unfinished, mut writer) = Unfinished::begin(&place, Seal::of(&settings.backup)?)?;
    let rows = upgrade
        .backup_to(&order.label(), &mut writer, &mut |done| {
            progress(Stage::Rows, done);
        })
        .await
        .map_err(|error| opening::problem(settings, &error))?;
    let bytes = unfinished.finish(writer)?;
    taken(settings, order, place, bytes, rows)
}

fn taken(
    settings: &Settings,
    order: &Order,
    path: PathBuf,
    bytes: u64,
    rows: Rows,
) -> Result<Taken, Problem> {
    let deleted = match (&settings.backup.folder, settings.backup.keep_days) {
        (Some(folder), Some(days)) if order.into.is_none() => {
            archive::delete_old(folder, days, order.now).map_err(|error| {
                let place = Place::file(&folder.display().to_string());
                Problem::new(
                    place,
                    format!("the backup is whole, but old ones could not be deleted: {error}"),
                )
                .help("delete them, or let the program do so")
            })?
        }
        _ => Vec::new(),
    };
    Ok(Taken {
        path,
        bytes,
        rows,
        deleted,
    })
}

/// Restores a backup into the database of the settings, which must be empty.
///
/// # Errors
/// It cannot be opened, is not whole, or does not fit the key; there is a record already. Nothing was changed then.
pub async fn restore(
    settings: &Settings,
    file: &Path,
    opener: &Opener,
    projections: &[Box<dyn Projection>],
    progress: Progress<'_>,
) -> Result<Restored, Problem> {
    into(
        settings,
        &settings.address()?,
        file,
        opener,
        projections,
        progress,
    )
    .await
}

/// Restores a backup into a folder that is removed again, to see whether it would do. Nothing else is touched.
///
/// # Errors
/// As for [`restore`]; or there is no room for it.
pub async fn verify(
    settings: &Settings,
    file: &Path,
    opener: &Opener,
    projections: &[Box<dyn Projection>],
    progress: Progress<'_>,
) -> Result<Restored, Problem> {
    let folder = Scratch::new()?;
    let address = Address::Sqlite(folder.0.join("cotreat.db"));
    into(settings, &address, file, opener, projections, progress).await
}

async fn into(
    settings: &Settings,
    address: &Address,
    file: &Path,
    opener: &Opener,
    projections: &[Box<dyn Projection>],
    progress: Progress<'_>,
) -> Result<Restored, Problem> {
    let key = opening::key(settings)?;
    let mut reader = opener.open(file)?;
    backup::restore(
        &mut *reader,
        address,
        &key,
        &Schema::ours(),
        projections,
        progress,
    )
    .await
    .map_err(|error| {
        let mut problem = opening::problem(settings, &error);
        if matches!(error, cotreat_store::Error::Backup { .. }) {
            problem.place = Place::file(&file.display().to_string());
        }
        problem
    })
}

/// Makes a folder that nobody else can look into, where there is none.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// A folder that nobody else can look into, gone with the value.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Self, Problem> {
        let path = std::env::temp_dir().join(format!("cotreat-verify-{}", std::process::id()));
        let mut builder = DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&path).map_err(|error| {
            Problem::new(Place::file(&path.display().to_string()), error.to_string())
                .help("remove it if it was left behind, or name another folder for temporary files with TMPDIR")
        })?;
        Ok(Self(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // The next one to look for room finds it by its name.
        let _ = fs::remove_dir_all(&self.0);
    }
}
